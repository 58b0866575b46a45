import Shared

/// The article's list of references, and the citations that point at it.
///
/// An entry is `7. <a id="madry2018"></a>` and what it is about; it is cited as
/// `[7](references.md#madry2018)`. The order of the list gives the numbers.
struct References {
  static let path = "Article/references.md"

  struct Entry {
    /// The number that it has in the text, and the one that it should have.
    var written, number: Int
    var key: String
    /// What it is about, in one line.
    var text: String
  }

  struct Citation {
    /// What stands between the brackets: a number, or `?` while there is none.
    var text: String
    var key: String
  }

  let entries: [Entry]
  private let markdown: String

  init(_ markdown: String) {
    self.markdown = markdown
    var entries: [Entry] = []
    var isOpen = false
    let lines = markdown.split(
      separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      let beginning = line.prefixMatch(
        of: #/([0-9]+)\. <a id="([^"]*)"><\/a>/#)
      if let beginning {
        entries.append(
          Entry(
            written: Int(beginning.output.1) ?? 0, number: entries.count + 1,
            key: String(beginning.output.2),
            text: String(line[beginning.range.upperBound...])))
        isOpen = true
      } else if line.allSatisfy(\.isWhitespace) {
        isOpen = false
      } else if isOpen {
        let rest = line.drop(while: \.isWhitespace)
        entries[entries.count - 1].text += " \(rest)"
      }
    }
    self.entries = entries
  }

  static func citations(in text: String) -> [Citation] {
    text.matches(of: #/\[([^\]]*)\]\(references\.md#([^)]*)\)/#).map {
      Citation(text: String($0.output.1), key: String($0.output.2))
    }
  }

  /// The list itself, numbered in its order.
  var numbered: String {
    var number = 0
    return markdown.replacing(
      #/^[0-9]+(?<anchor>\. <a id=")/#.anchorsMatchLineEndings()
    ) { match -> String in
      number += 1
      return "\(number)\(match.output.anchor)"
    }
  }

  /// A text with its citations numbered as the list is.
  ///
  /// - Throws: If it cites what is not in the list.
  func numbering(citationsIn text: String, path: String) throws -> String {
    for citation in Self.citations(in: text)
    where !entries.contains(where: { $0.key == citation.key }) {
      throw TutorialError(
        "\(path) cites \(citation.key), which \(Self.path) does not list")
    }
    return text.replacing(
      #/\[[0-9?]+\]\(references\.md#(?<key>[^)]*)\)/#
    ) { match -> String in
      let entry = entries.first { $0.key == match.output.key }
      return "[\(entry?.number ?? 0)](references.md#\(match.output.key))"
    }
  }
}
