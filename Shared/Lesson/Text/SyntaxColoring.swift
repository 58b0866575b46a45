/// Restrained colors for the few lines of Swift a chapter shows.
///
/// Not a parser. It tells comments, literals and words apart, which is all a
/// reader's eye needs. The texts of a line, joined, are always the line.
struct SyntaxColoring {
  enum Kind: Sendable {
    case plain, keyword, string, comment, number, type
  }
  typealias Span = (text: String, kind: Kind)

  /// One line on its own; it cannot know of a literal that began before it.
  static func spans(_ line: String) -> [Span] {
    spans(ofLines: [line])[0]
  }

  /// Lines in a row, where comments and literals go on from one to the next.
  static func spans(ofLines lines: [String]) -> [[Span]] {
    var coloring = SyntaxColoring()
    return lines.map { coloring.color($0) }
  }

  /// What the next character is inside of, innermost last.
  private enum Context: Equatable {
    case comment
    case literal(closing: String, escape: String)
    /// Code between `\(` and `)`, with so many brackets open inside it.
    case interpolation(open: Int)

    var isMultiline: Bool {
      switch self {
      case .comment: true
      case .literal(let closing, _): closing.hasPrefix("\"\"\"")
      case .interpolation: false
      }
    }
  }
  private var contexts: [Context] = []
  private var rest: Substring = ""
  private var before: Character?
  private var spans: [Span] = []

  private mutating func color(_ line: String) -> [Span] {
    rest = line[...]
    before = nil
    spans = []
    while !rest.isEmpty {
      switch contexts.last {
      case .comment: colorComment()
      case .literal(let closing, let escape): colorLiteral(closing, escape)
      case .interpolation, nil: colorCode()
      }
    }
    // What must not go beyond its line ends here, closed or not.
    while let last = contexts.last, !last.isMultiline {
      contexts.removeLast()
    }
    return spans
  }

  private mutating func take(_ count: Int, as kind: Kind) {
    let text = rest.prefix(count)
    rest = rest.dropFirst(count)
    before = text.last ?? before
    if let last = spans.last, last.kind == kind {
      spans[spans.count - 1].text += text
    } else if !text.isEmpty {
      spans.append((String(text), kind))
    }
  }

  private mutating func colorComment() {
    if rest.hasPrefix("*/") {
      contexts.removeLast()
      take(2, as: .comment)
    } else if rest.hasPrefix("/*") {
      contexts.append(.comment)
      take(2, as: .comment)
    } else {
      take(1, as: .comment)
    }
  }

  private mutating func colorLiteral(_ closing: String, _ escape: String) {
    if rest.hasPrefix(closing) {
      contexts.removeLast()
      take(closing.count, as: .string)
    } else if rest.hasPrefix(escape + "(") {
      contexts.append(.interpolation(open: 0))
      take(escape.count + 1, as: .string)
    } else if rest.hasPrefix(escape) {
      take(escape.count + 1, as: .string)
    } else {
      take(1, as: .string)
    }
  }
}

// MARK: - Code

extension SyntaxColoring {
  private mutating func colorCode() {
    guard let next = rest.first else { return }
    if rest.hasPrefix("//") {
      take(rest.count, as: .comment)
    } else if rest.hasPrefix("/*") {
      contexts.append(.comment)
      take(2, as: .comment)
    } else if let opening = literalOpening() {
      take(opening, as: .string)
    } else if next == "`" {
      let name = rest.dropFirst().prefix { $0 != "`" }
      take(name.count + 2, as: .plain)
    } else if next.isNumber {
      take(numberLength, as: .number)
    } else if next.isLetter || "@#_$".contains(next) {
      colorWord(
        String(rest.prefix(1)) + rest.dropFirst().prefix(while: Self.isWord))
    } else {
      closeInterpolation(at: next)
    }
  }

  /// Enters a literal; returns the length of its opening: `"`, `"""`, `#"`,
  /// `#/`.
  private mutating func literalOpening() -> Int? {
    let pounds = String(rest.prefix { $0 == "#" })
    let quotes = rest.dropFirst(pounds.count)
    let delimiter: String
    if quotes.hasPrefix("\"\"\""),
      quotes.dropFirst(3).allSatisfy(\.isWhitespace)
    {
      delimiter = "\"\"\""
    } else if quotes.hasPrefix("\"") {
      delimiter = "\""
    } else if quotes.hasPrefix("/"), !pounds.isEmpty {
      delimiter = "/"
    } else {
      return nil
    }
    contexts.append(
      .literal(closing: delimiter + pounds, escape: "\\" + pounds))
    return pounds.count + delimiter.count
  }

  private mutating func closeInterpolation(at next: Character) {
    guard case .interpolation(let open) = contexts.last else {
      return take(1, as: .plain)
    }
    if next == ")", open == 0 {
      contexts.removeLast()
      return take(1, as: .string)
    }
    let change = next == "(" ? 1 : next == ")" ? -1 : 0
    contexts[contexts.count - 1] = .interpolation(open: open + change)
    take(1, as: .plain)
  }

  private var numberLength: Int {
    rest.prefixMatch(
      of: #/0[xbo][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/#
    )?.output.count ?? 1
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  private mutating func colorWord(_ name: String) {
    let following = rest.dropFirst(name.count)
    let isName =
      following.hasPrefix(":") && !Self.values.contains(name)
      || ["as", "for", "in"].contains(name)
        && following.prefixMatch(of: #/ \w+:/#) != nil
      || ["any", "some"].contains(name) && !following.hasPrefix(" ")
    let isMember = before == "." && name != "self"
    if name.hasPrefix("#") || name.hasPrefix("@")
      || Self.keywords.contains(name) && !isName && !isMember
    {
      take(name.count, as: .keyword)
    } else {
      take(name.count, as: name.first?.isUppercase == true ? .type : .plain)
    }
  }

  /// What may stand before a colon without being a label.
  private static let values: Set = ["default", "false", "nil", "true"]

  private static let keywords: Set<String> = [
    "any", "as", "associatedtype", "async", "await", "break", "case", "catch",
    "class", "continue", "default", "defer", "do", "else", "enum", "extension",
    "fallthrough", "false", "fileprivate", "final", "for", "func", "guard",
    "if", "import", "in", "indirect", "init", "inout", "internal", "is", "lazy",
    "let", "mutating", "nil", "nonisolated", "override", "private", "protocol",
    "public", "repeat", "rethrows", "return", "self", "Self", "some", "static",
    "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
    "typealias", "var", "weak", "where", "while",
  ]
}
