import Testing

@testable import Lesson
@testable import Shared

@Suite struct ProseTests {
  @Test func `blocks are told apart`() {
    let text = """
      One
      paragraph.

      - a
        point
      - another
      > quoted
      > words

      3. three
      4. four

          kept   as it is
      """
    #expect(
      Prose.parse(text) == [
        .paragraph([.text("One paragraph.")]),
        .bullets([[.text("a point")], [.text("another")]]),
        .quote([.text("quoted words")]),
        .numbers(first: 3, [[.text("three")], [.text("four")]]),
        .preformatted(["kept   as it is"]),
      ])
  }

  @Test(arguments: Prose.CallOut.allCases)
  func `a bold name at the beginning makes a call-out`(kind: Prose.CallOut) {
    let name = kind.rawValue
    #expect(
      Prose.parse("**\(name):** words") == [.callOut(kind, [.text("words")])])
    #expect(
      Prose.parse("Not here: **\(name):** words") != [
        .callOut(kind, [.text("words")])
      ])
  }

  @Test func `marks nest, and one without a partner is text`() {
    #expect(
      Inline.parse("**a `b` c**")
        == [.bold([.text("a "), .code("b"), .text(" c")])])
    #expect(Inline.parse("2 * 3 * 4") == [.text("2 * 3 * 4")])
    #expect(Inline.parse("5 $ and 6 $") == [.text("5 $ and 6 $")])
    #expect(Inline.parse("$ε ≤ 1$!") == [.formula("ε ≤ 1"), .text("!")])
    #expect(Inline.parse("`**`") == [.code("**")])
    #expect(
      Inline.parse("[*a*](b)") == [.link([.italic([.text("a")])], to: "b")])
    #expect(
      Inline.parse("<https://a.b/(c)>")
        == [.link([.text("https://a.b/(c)")], to: "https://a.b/(c)")])
    #expect(Inline.parse("<a> < b >") == [.text("<a> < b >")])
    #expect(Inline.parse("{a|b}") == [.color("a", signs: "b")])
    #expect(Inline.parse("{a} {|} {") == [.text("{a} {|} {")])
    #expect(Inline.parse("[0, 1] (x)") == [.text("[0, 1] (x)")])
  }
}
