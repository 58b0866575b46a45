import Testing

@testable import Lesson
@testable import Shared

@Suite struct TerminalRendererTests {
  @Test(arguments: [30, 40, 60, 80, 120], [false, true])
  func `nothing is wider than the terminal`(width: Int, hasColor: Bool) {
    let renderer = TerminalRenderer(
      terminal: Terminal(width: width, hasColor: hasColor))
    for block in SampleBlocks.all() {
      let lines = renderer.lines(of: block)
      #expect(lines.last?.isEmpty == true)
      for line in lines {
        #expect(visible(line).displayWidth <= width, "\(line)")
        #expect(hasColor || !line.contains("\u{1B}"), "\(line)")
      }
    }
  }

  @Test func `words survive wrapping and marks go`() {
    let lines = lines(.prose(Prose.parse(SampleBlocks.prose)), width: 80)
    let joined = lines.joined(separator: " ")
    #expect(!joined.contains("**"))
    #expect(joined.contains("`code`, and emphasis; 2 * 3 * 4 is not"))
    #expect(joined.contains("and ‖x′ − x‖∞ ≤ ε is a formula."))
    #expect(lines.contains { $0.hasPrefix("│ a quotation") })
    #expect(lines.contains { $0.hasPrefix("▌ Key point: a call-out") })
    #expect(lines.contains("9. nine"))
  }

  @Test func `a chapter names what to read beside it`() {
    let head = Head(
      number: 5, title: "T", question: "Q", goals: [], needs: "n", saves: "s",
      takes: "t", sections: ["06-attacking.md"])
    #expect(
      lines(.head(head), width: 80).contains(
        "• Read beside it: Article/06-attacking.md"))
    #expect(
      lines(.prose(Prose.parse("<https://a.b>")), width: 80)
        == ["https://a.b", ""])
  }

  @Test func `wrapped points hang under their first word`() {
    #expect(
      lines(.prose(Prose.parse("1. one two three")), width: 10) == [
        "1. one two", "   three", "",
      ])
  }

  @Test func `long code goes on below a visible mark`() {
    let code = Code(
      file: "a.swift", firstLine: 3, lines: ["  call(first, second, third)"])
    #expect(
      lines(.code(code), width: 26) == [
        "  a.swift:3", "  3 │   call(first, ", "    ↪     second, third)", "",
      ])
  }

  @Test func `a table that does not fit becomes a list`() {
    let table = Table(
      title: "T", columns: ["name", "value"], rows: [["alpha", "12345 67890"]])
    #expect(
      lines(.table(table), width: 20) == [
        "  T", "  name         value", "  ─────  ───────────",
        "  alpha  12345 67890", "",
      ])
    #expect(
      lines(.table(table), width: 19) == [
        "  T", "  name: alpha", "  value: 12345", "    67890", "",
      ])
  }

  @Test func `a guess says what was thought and what was measured`() {
    let given = lines(.guess(SampleBlocks.guess(answer: "60 %")), width: 80)
    #expect(given.contains("  Your guess: 60 %. Measured: 87.04 %."))
    let none = lines(.guess(SampleBlocks.guess(answer: nil)), width: 80)
    #expect(none.contains("  Measured: 87.04 %."))
    #expect(
      lines(.question("How many?"), width: 80) == ["? How many?", ""])
  }

  @Test func `steps of one exercise share a box`() {
    func box(_ names: [String]) -> ExerciseBox {
      ExerciseBox(
        steps: names.map {
          .init(name: $0, text: [.text("\($0) is open.")], task: [], hints: [])
        }, ending: [.text(" Until then nothing runs.")])
    }
    #expect(
      lines(.exercise(box(["W1"])), width: 80) == [
        "▌ Exercise: W1 is open. Until then nothing runs.", "",
      ])
    #expect(
      lines(.exercise(box(["6a", "6b"])), width: 80) == [
        "▌ Exercise: 6a is open.", "▌", "▌ 6b is open.", "▌",
        "▌ Until then nothing runs.", "",
      ])
  }

  @Test func `questions stand without their answers`() {
    let questions = [SelfCheck("Why\nnot?", answer: "So.")]
    #expect(
      lines(.selfCheck(questions, page: "a.html"), width: 80) == [
        "1. Why not?", "", "(The answers fold out on the page, a.html.)", "",
      ])
    #expect(
      SelfCheck.prose(ofAnswers: questions)
        == [.numbers(first: 1, [[.text("So.")]])])
  }

  @Test(arguments: [(true, "red"), (false, "+ and #")])
  func `signs are named as they are printed`(hasColor: Bool, name: String) {
    let renderer = TerminalRenderer(
      terminal: Terminal(width: 80, hasColor: hasColor))
    let block = Block.prose(Prose.parse("{red|+ and #} weights"))
    #expect(renderer.lines(of: block) == ["\(name) weights", ""])
    #expect(NotebookRenderer().html(of: block) == "<p>red weights</p>")
  }

  private func lines(_ block: Block, width: Int) -> [String] {
    TerminalRenderer(terminal: Terminal(width: width, hasColor: false))
      .lines(of: block)
  }

  private func visible(_ line: String) -> String {
    line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }
}
