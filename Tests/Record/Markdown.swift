/// A line of a Markdown text.
struct MarkdownLine {
  /// From 1.
  let number: Int
  let text: Substring
  /// Whether it opens or closes a fenced block.
  let isFence: Bool
  /// Whether it belongs to one, its fences included.
  let isCode: Bool

  var isBlank: Bool { text.allSatisfy(\.isWhitespace) }

  /// Whether a row of a table or an item of a list begins here.
  fileprivate var isItem: Bool {
    text.prefixMatch(of: #/\s*(?:\||- |[0-9]+\. )/#) != nil
  }

  static func all(in text: String) -> [MarkdownLine] {
    var lines: [MarkdownLine] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isFence = line.drop(while: \.isWhitespace).hasPrefix("```")
      lines.append(
        MarkdownLine(
          number: lines.count + 1, text: line, isFence: isFence,
          isCode: isInside || isFence))
      if isFence { isInside.toggle() }
    }
    return lines
  }
}

/// What stands between blank lines or blocks of code: a paragraph, a heading;
/// each row of a table and each item of a list for itself.
struct MarkdownParagraph {
  /// Its first line, from 1.
  let line: Int
  private(set) var text: String

  var isRow: Bool { text.hasPrefix("|") }
  var isHeading: Bool { text.hasPrefix("#") }
  var isImage: Bool { text.hasPrefix("![") }

  /// With single spaces for all white space.
  var joined: String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether all of it is in italics.
  var isCaption: Bool {
    text.count > 1 && text.hasPrefix("*") && !text.hasPrefix("**")
      && text.hasSuffix("*")
  }

  static func all(in text: String) -> [MarkdownParagraph] {
    var paragraphs: [MarkdownParagraph] = []
    var isOpen = false
    for line in MarkdownLine.all(in: text) {
      if line.isCode || line.isBlank {
        isOpen = false
      } else if isOpen && !line.isItem {
        paragraphs[paragraphs.count - 1].text += "\n\(line.text)"
      } else {
        paragraphs.append(
          MarkdownParagraph(line: line.number, text: String(line.text)))
        isOpen = true
      }
    }
    return paragraphs
  }
}
