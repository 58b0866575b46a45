import Shared
import Testing

@testable import Record

@Suite struct ReferencesTests {
  private let list = """
    # References

    4. <a id="b2020"></a>B. "Title". ICML, 2020.
       <https://example.org/b>
    2. <a id="a2015"></a>A. "Title". ICLR, 2015. <https://example.org/a>

    2. Not one of them.
    """

  @Test func `entries are numbered in their order`() throws {
    let references = References(list)
    #expect(references.entries.map(\.key) == ["b2020", "a2015"])
    #expect(references.entries.map(\.written) == [4, 2])
    #expect(references.entries.map(\.number) == [1, 2])
    #expect(
      references.entries.first?.text
        == #"B. "Title". ICML, 2020. <https://example.org/b>"#)
    #expect(
      references.numbered
        == list.replacing("4. <a", with: "1. <a"))
  }

  @Test func `citations take the numbers of the list`() throws {
    let text = """
      One [?](references.md#a2015), another[1](references.md#a2015)
      [12](references.md#b2020), and [1](01-why.md#b2020).
      """
    #expect(
      try References(list).numbering(citationsIn: text, path: "a.md") == """
        One [2](references.md#a2015), another[2](references.md#a2015)
        [1](references.md#b2020), and [1](01-why.md#b2020).
        """)
  }

  @Test func `a citation of what is not listed is an error`() {
    #expect(throws: TutorialError.self) {
      try References(list).numbering(
        citationsIn: "[1](references.md#c2021)", path: "a.md")
    }
  }
}
