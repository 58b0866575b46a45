@testable import Record

/// How many words of prose a Markdown text holds.
///
/// Code, comments, tables, headings, pictures, captions and the numbers of
/// citations are none.
func wordsOfProse(in text: String) -> Int {
  let visible = text.replacing(#/<!--.*?-->/#.dotMatchesNewlines(), with: "")
  return MarkdownParagraph.all(in: visible).filter {
    !$0.isRow && !$0.isHeading && !$0.isImage && !$0.isCaption
  }.reduce(0) { count, paragraph in
    let words = paragraph.text
      .replacing(#/\[[0-9?]+\]\(references\.md#[^)]*\)/#, with: "")
      .replacing(#/\]\([^)]*\)/#, with: "]")
      .split(whereSeparator: \.isWhitespace)
    return count
      + words.filter { $0.contains { $0.isLetter || $0.isNumber } }.count
  }
}
