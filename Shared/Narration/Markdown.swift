/// Prose in a small part of Markdown, wrapped to a width.
///
/// Blocks are separated by blank lines: paragraphs, lists (`- `, `1. `), quotes
/// (`> `), and lines indented by four spaces, which are kept as they are.
/// Inside, `code`, **bold** and *italic*.
struct Markdown {
  var text: String

  /// The lines to print.
  func rendered(for terminal: Terminal) -> [String] {
    var lines: [String] = []
    for block in blocks {
      if !lines.isEmpty { lines.append("") }
      if block.allSatisfy({ $0.hasPrefix("    ") }) {
        lines += block.map { terminal.styled($0, .code) }
      } else {
        for item in items(block) { lines += render(item, terminal) }
      }
    }
    return lines
  }

  private var blocks: [[String]] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0.allSatisfy(\.isWhitespace) }
      .map { $0.map(String.init) }
  }

  private struct Item {
    var marker: String
    var words: String
  }

  /// A paragraph is one item; each point of a list is one.
  private func items(_ lines: [String]) -> [Item] {
    var items: [Item] = []
    for line in lines {
      let trimmed = line.drop { $0 == " " }
      if let marker = Self.marker(of: trimmed) {
        let words = trimmed.dropFirst(marker.count)
        if marker == "> ", items.last?.marker == marker {
          items[items.count - 1].words += " " + words
        } else {
          items.append(Item(marker: marker, words: String(words)))
        }
      } else if items.isEmpty {
        items.append(Item(marker: "", words: String(trimmed)))
      } else {
        items[items.count - 1].words += " " + trimmed
      }
    }
    return items
  }

  private static func marker(of line: Substring) -> String? {
    if line.hasPrefix("- ") { return "- " }
    if line.hasPrefix("> ") { return "> " }
    let digits = line.prefix { $0.isNumber }
    return !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ")
      ? digits + ". " : nil
  }

  private func render(_ item: Item, _ terminal: Terminal) -> [String] {
    let isQuote = item.marker == "> "
    let first = isQuote ? "│ " : item.marker == "- " ? "• " : item.marker
    let hanging =
      isQuote ? "│ " : String(repeating: " ", count: item.marker.count)
    let spans = Span.parse(item.words, keepsBackticks: !terminal.hasColor)
    return wrapped(spans, width: terminal.width - first.count).enumerated().map
    {
      ($0 == 0 ? first : hanging)
        + $1.map { terminal.styled($0.text, $0.style) }
        .joined()
    }
  }

  /// Breaks spans into lines of at most `width` visible characters.
  private func wrapped(_ spans: [Span], width: Int) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var used = 0
    for word in Span.words(of: spans) {
      let length = word.reduce(0) { $0 + $1.text.count }
      if used > 0, used + 1 + length > width {
        lines.append([])
        used = 0
      }
      if used > 0 {
        lines[lines.count - 1].append(Span(text: " ", style: nil))
        used += 1
      }
      lines[lines.count - 1] += word
      used += length
    }
    return lines
  }
}

/// A stretch of text in one style.
struct Span {
  var text: String
  var style: Terminal.Style?

  /// Splits at the markers; a marker without a partner is just text.
  ///
  /// Without colour, code keeps its backticks: they are the only mark it has.
  static func parse(_ text: String, keepsBackticks: Bool) -> [Span] {
    let markers: [(String, Terminal.Style)] = [
      ("**", .bold), ("`", .code), ("*", .italic),
    ]
    var spans: [Span] = []
    var plain = ""
    var rest = text[...]
    scan: while let character = rest.first {
      for (marker, style) in markers where rest.hasPrefix(marker) {
        let inside = rest.dropFirst(marker.count)
        guard let end = inside.firstRange(of: marker),
          end.lowerBound > inside.startIndex, inside.first != " "
        else { continue }
        if !plain.isEmpty { spans.append(Span(text: plain)) }
        plain = ""
        let words = String(inside[..<end.lowerBound])
        spans.append(
          Span(
            text: style == .code && keepsBackticks ? "`\(words)`" : words,
            style: style))
        rest = inside[end.upperBound...]
        continue scan
      }
      plain.append(character)
      rest.removeFirst()
    }
    if !plain.isEmpty { spans.append(Span(text: plain)) }
    return spans
  }

  /// Words may change style in the middle: `ε`-ball is one word.
  static func words(of spans: [Span]) -> [[Span]] {
    var words: [[Span]] = [[]]
    for span in spans {
      let pieces = span.text.split(
        separator: " ", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { words.append([]) }
        if !piece.isEmpty {
          words[words.count - 1].append(
            Span(text: String(piece), style: span.style))
        }
      }
    }
    return words.filter { !$0.isEmpty }
  }
}

extension Terminal {
  func styled(_ text: String, _ style: Style?) -> String {
    style.map { styled(text, $0) } ?? text
  }
}
