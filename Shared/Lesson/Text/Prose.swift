/// A paragraph of prose, or what stands in the place of one.
///
/// Written in a small part of Markdown: paragraphs, lists (`- `, `1. `), quotes
/// (`> `), and lines indented by four spaces, which are kept as they are. A
/// paragraph that begins with the bold words of a call-out is one.
enum Prose: Sendable, Equatable {
  case paragraph([Inline])
  case bullets([[Inline]])
  case numbers(first: Int, [[Inline]])
  case quote([Inline])
  case preformatted([String])
  case callOut(CallOut, [Inline])

  /// What a reader should stop at.
  enum CallOut: String, CaseIterable, Sendable {
    case keyPoint = "Key point"
    case tryIt = "Try it"
    case careful = "Careful"
    case exercise = "Exercise"
  }

  /// Reads Markdown; there is no text that it refuses.
  static func parse(_ text: String) -> [Prose] {
    text.textLines
      .split { $0.allSatisfy(\.isWhitespace) }
      .flatMap { lines -> [Prose] in
        lines.allSatisfy { $0.hasPrefix("    ") }
          ? [.preformatted(lines.map { String($0.dropFirst(4)) })]
          : items(lines).reduce(into: []) { append($1, to: &$0) }
      }
  }

  private enum Marker: Equatable {
    case none, bullet, quote
    case number(Int)
  }

  /// Lines that belong together: a point of a list with its wrapped lines.
  private static func items(_ lines: ArraySlice<String>)
    -> [(marker: Marker, words: String)]
  {
    var items: [(marker: Marker, words: String)] = []
    for line in lines {
      let (marker, words) = read(line.drop { $0 == " " })
      let continues =
        marker == .none || marker == .quote && items.last?.marker == .quote
      if continues, let last = items.indices.last {
        items[last].words += " " + words
      } else {
        items.append((marker, String(words)))
      }
    }
    return items
  }

  private static func read(_ line: Substring) -> (Marker, Substring) {
    if line.hasPrefix("- ") { return (.bullet, line.dropFirst(2)) }
    if line.hasPrefix("> ") { return (.quote, line.dropFirst(2)) }
    let digits = line.prefix { $0.isNumber }
    let rest = line.dropFirst(digits.count)
    if let number = Int(digits), rest.hasPrefix(". ") {
      return (.number(number), rest.dropFirst(2))
    }
    return (.none, line)
  }

  private static func append(
    _ item: (marker: Marker, words: String), to prose: inout [Prose]
  ) {
    let words = Inline.parse(item.words)
    switch (item.marker, prose.last) {
    case (.none, _): prose.append(callOut(words) ?? .paragraph(words))
    case (.quote, _): prose.append(.quote(words))
    case (.bullet, .bullets(let points)?):
      prose[prose.count - 1] = .bullets(points + [words])
    case (.bullet, _): prose.append(.bullets([words]))
    case (.number, .numbers(let first, let points)?):
      prose[prose.count - 1] = .numbers(first: first, points + [words])
    case (.number(let first), _):
      prose.append(.numbers(first: first, [words]))
    }
  }

  /// The call-out that begins with these words, without its name.
  private static func callOut(_ words: [Inline]) -> Prose? {
    guard case .bold(let name)? = words.first,
      let kind = CallOut.allCases.first(where: {
        name.plainText == $0.rawValue + ":"
      })
    else { return nil }
    var rest = Array(words.dropFirst())
    if case .text(let text)? = rest.first {
      rest[0] = .text(String(text.drop { $0 == " " }))
    }
    return .callOut(kind, rest)
  }
}
