/// A stretch of prose within a paragraph.
indirect enum Inline: Sendable, Equatable {
  case text(String)
  case bold([Inline])
  case italic([Inline])
  case code(String)
  /// A formula in plain notation: `‖x′ − x‖∞ ≤ ε`.
  case formula(String)
  case link([Inline], to: String)
  /// The name of a colour, and of the signs that stand for it where there is
  /// none: `{red|+ and #}`.
  case color(String, signs: String)

  /// Splits at the markers `**`, `*`, a backtick, `$`, `[…](…)`, `<https://…>`
  /// and `{…|…}`; a marker without a partner is just text.
  static func parse(_ text: some StringProtocol) -> [Inline] {
    var inlines: [Inline] = []
    var plain = ""
    var rest = Substring(text)
    while let character = rest.first {
      if let (inline, after) = marked(rest) {
        if !plain.isEmpty { inlines.append(.text(plain)) }
        plain = ""
        inlines.append(inline)
        rest = after
      } else {
        plain.append(character)
        rest.removeFirst()
      }
    }
    if !plain.isEmpty { inlines.append(.text(plain)) }
    return inlines
  }

  /// The words without their marks.
  var plainText: String {
    switch self {
    case .text(let text), .code(let text), .formula(let text): text
    case .color(let name, signs: _): name
    case .bold(let inlines), .italic(let inlines), .link(let inlines, _):
      inlines.plainText
    }
  }

  private static func marked(_ text: Substring) -> (Inline, Substring)? {
    if text.hasPrefix("[") { return link(text) }
    if text.hasPrefix("<") { return address(text) }
    if text.hasPrefix("{") { return color(text) }
    if let (words, rest) = between("**", text) {
      return (.bold(parse(words)), rest)
    }
    if let (words, rest) = between("`", text) {
      return (.code(String(words)), rest)
    }
    if let (words, rest) = between("*", text) {
      return (.italic(parse(words)), rest)
    }
    if let (words, rest) = between("$", text), words.last != " " {
      return (.formula(String(words)), rest)
    }
    return nil
  }

  private static func between(_ marker: String, _ text: Substring)
    -> (words: Substring, rest: Substring)?
  {
    guard text.hasPrefix(marker) else { return nil }
    let inside = text.dropFirst(marker.count)
    guard let end = inside.firstRange(of: marker),
      end.lowerBound > inside.startIndex, inside.first != " "
    else { return nil }
    return (inside[..<end.lowerBound], inside[end.upperBound...])
  }

  private static func color(_ text: Substring) -> (Inline, Substring)? {
    guard let match = text.prefixMatch(of: #/\{([^{}|]+)\|([^{}|]+)\}/#) else {
      return nil
    }
    return (
      .color(String(match.1), signs: String(match.2)),
      text[match.range.upperBound...]
    )
  }

  private static func address(_ text: Substring) -> (Inline, Substring)? {
    guard let match = text.prefixMatch(of: #/<(https?:\/\/[^<>\s]+)>/#) else {
      return nil
    }
    return (
      .link([.text(String(match.1))], to: String(match.1)),
      text[match.range.upperBound...]
    )
  }

  private static func link(_ text: Substring) -> (Inline, Substring)? {
    guard let match = text.prefixMatch(of: #/\[([^\[\]]+)\]\(([^()\s]+)\)/#)
    else { return nil }
    return (
      .link(parse(match.1), to: String(match.2)),
      text[match.range.upperBound...]
    )
  }
}

extension [Inline] {
  /// The words without their marks.
  var plainText: String { map(\.plainText).joined() }

  /// With a capital at the beginning, as after a full stop.
  var capitalized: [Inline] {
    guard case .text(let text)? = first else { return self }
    return [.text(text.prefix(1).uppercased() + text.dropFirst())] + dropFirst()
  }
}
