import Testing

@testable import Record

@Suite struct MarkdownTests {
  private let text = """
    # Heading

    One
    two
    ```swift
    code

    ```
    three

    | a |
    |---|
    - item
      more
    - item
    """

  @Test func `lines know whether they are code`() {
    let lines = MarkdownLine.all(in: text)
    #expect(lines.filter(\.isCode).map(\.number) == [5, 6, 7, 8])
    #expect(lines.filter(\.isFence).map(\.number) == [5, 8])
  }

  @Test func `paragraphs, rows and items are told apart`() {
    let paragraphs = MarkdownParagraph.all(in: text)
    #expect(
      paragraphs.map(\.joined) == [
        "# Heading", "One two", "three", "| a |", "|---|", "- item more",
        "- item",
      ])
    #expect(paragraphs.map(\.line) == [1, 3, 9, 11, 12, 13, 15])
    #expect(paragraphs.filter(\.isRow).count == 2)
    #expect(paragraphs.filter(\.isHeading).count == 1)
  }

  @Test(arguments: [
    ("*All of it.*", true), ("*All\nof it, `code`.*", true),
    ("**Bold.**", false), ("*Part* of it.", false), ("Plain.", false),
    ("*", false),
  ])
  func `a caption is in italics as a whole`(text: String, isCaption: Bool) {
    #expect(
      MarkdownParagraph.all(in: text).map(\.isCaption) == [isCaption])
  }
}
