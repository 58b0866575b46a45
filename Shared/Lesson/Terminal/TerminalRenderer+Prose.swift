extension TerminalRenderer {
  /// Prose, with an empty line between its paragraphs.
  func lines(of prose: [Prose]) -> [String] {
    Array(prose.map(lines).joined(separator: [""]))
  }

  private func lines(of prose: Prose) -> [String] {
    switch prose {
    case .paragraph(let words): wrapped(words)
    case .quote(let words): wrapped(words, first: "│ ", hanging: "│ ")
    case .bullets(let points):
      points.flatMap { wrapped($0, first: "• ", hanging: "  ") }
    case .numbers(let first, let points):
      points.enumerated().flatMap { index, words -> [String] in
        let mark = "\(first + index). "
        let gap = String(repeating: " ", count: mark.count)
        return wrapped(words, first: mark, hanging: gap)
      }
    case .preformatted(let lines):
      lines.flatMap { line in
        [Span(terminal.shown(line), .code)].cut(to: width - 4).map {
          "    " + terminal.text($0)
        }
      }
    case .callOut(let kind, let words):
      wrapped(
        [.bold([.text("\(kind.rawValue):")]), .text(" ")] + words,
        first: "▌ ", hanging: "▌ ")
    }
  }

  /// Prose wrapped behind marks.
  func wrapped(_ words: [Inline], first: String = "", hanging: String = "")
    -> [String]
  {
    wrapped(spans(words), first: first, hanging: hanging)
  }

  /// Without colour, code keeps its backticks: they are the only mark it has.
  func spans(_ inlines: [Inline], style: Terminal.Style? = nil) -> [Span] {
    inlines.flatMap { inline -> [Span] in
      switch inline {
      case .text(let text), .formula(let text): [Span(text, style)]
      case .code(let text):
        [Span(terminal.hasColor ? text : "`\(text)`", .code)]
      case .color(let name, let signs):
        [Span(terminal.showsColors ? name : signs, style)]
      case .bold(let words): spans(words, style: .bold)
      case .italic(let words): spans(words, style: .italic)
      case .link(let words, let address) where words.plainText == address:
        spans(words, style: style)
      case .link(let words, let address):
        spans(words, style: style) + [Span(" (\(address))", style)]
      }
    }
  }
}
