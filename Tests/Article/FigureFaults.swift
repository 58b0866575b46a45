@testable import Record

/// What is wrong with the figures of several texts, given those there are.
///
/// A figure says what is seen on it, and is followed by a caption in italics
/// with the command that draws it.
func figureFaults(in texts: [String], files: [String]) -> [String] {
  var faults: [String] = []
  var missing = Set(files)
  for text in texts {
    let paragraphs = MarkdownParagraph.all(in: text)
    for (index, paragraph) in paragraphs.enumerated() {
      let images = paragraph.text.matches(
        of: #/!\[([^\]]*)\]\(figures\/([^)]+)\)/#)
      for match in images {
        let name = String(match.output.2)
        missing.remove(name)
        if match.output.1.allSatisfy(\.isWhitespace) {
          faults.append("\(name) does not say what is seen on it")
        }
        let next = paragraphs.dropFirst(index + 1).first
        let caption = next?.isCaption == true ? next?.joined ?? "" : ""
        if !caption.contains("`swift run ") {
          faults.append("\(name) has no caption with a command")
        }
      }
    }
  }
  return faults + missing.sorted().map { "\($0) is shown nowhere" }
}
