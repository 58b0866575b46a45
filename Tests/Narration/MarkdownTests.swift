import Testing

@testable import Shared

@Suite struct MarkdownTests {
  private let text = """
    A paragraph with **bold words that are long enough to be wrapped over the
    end of a line**, some `code`, and *emphasis*; 2 * 3 * 4 is not emphasis.

    - a point that is long enough to be wrapped over the end of a line, twice
    - another
    > a quotation that goes on and on until it has to be wrapped as well, yes

        indented   as it is
    """

  @Test(arguments: [60, 80, 120])
  func `lines fit the width`(width: Int) {
    for hasColor in [false, true] {
      let lines = Markdown(text: text).rendered(
        for: Terminal(width: width, hasColor: hasColor))
      #expect(lines.allSatisfy { visible($0).count <= width })
      #expect(lines.contains { $0.contains("\u{1B}") } == hasColor)
    }
  }

  @Test func `words survive and marks go`() {
    let lines = Markdown(text: text).rendered(
      for: Terminal(width: 80, hasColor: false))
    let joined = lines.joined(separator: " ")
    #expect(!joined.contains("**"))
    #expect(joined.contains("`code`, and emphasis; 2 * 3 * 4 is not"))
    #expect(lines.contains("    indented   as it is"))
    #expect(lines.contains("• another"))
    #expect(lines.contains { $0.hasPrefix("│ a quotation") })
  }

  @Test func `wrapped points hang under their first word`() {
    let lines = Markdown(text: "1. one two three").rendered(
      for: Terminal(width: 10, hasColor: false))
    #expect(lines == ["1. one two", "   three"])
  }

  private func visible(_ line: String) -> String {
    line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }
}
