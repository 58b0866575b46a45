extension NotebookRenderer {
  /// A paragraph, a list, a quotation or a call-out.
  func html(of prose: Prose) -> String {
    switch prose {
    case .paragraph(let words): HTML.element("p", around: html(of: words))
    case .bullets(let points): HTML.element("ul", around: list(points))
    case .numbers(let first, let points):
      HTML.element("ol", ["start": "\(first)"], around: list(points))
    case .quote(let words):
      HTML.element(
        "blockquote", around: HTML.element("p", around: html(of: words)))
    case .preformatted(let lines):
      HTML.element(
        "pre", ["tabindex": "0"],
        around: HTML.escape(lines.joined(separator: "\n")))
    case .callOut(let kind, let words):
      HTML.element(
        "aside", ["class": "\(kind)"],
        around: HTML.element("p", ["class": "title"], around: kind.rawValue)
          + HTML.element("p", around: html(of: words.capitalized)))
    }
  }

  private func list(_ points: [[Inline]]) -> String {
    points.map { HTML.element("li", around: html(of: $0)) }.joined(
      separator: "\n")
  }

  /// Words within a paragraph.
  func html(of inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): linked(text)
      case .bold(let words): HTML.element("strong", around: html(of: words))
      case .italic(let words): HTML.element("em", around: html(of: words))
      case .code(let text): HTML.element("code", around: HTML.escape(text))
      case .color(let name, signs: _): HTML.escape(name)
      case .formula(let notation): MathML.render(notation)
      case .link(let words, let address): link(words, to: address)
      }
    }.joined()
  }

  /// Only addresses that cannot run anything become links.
  private func link(_ words: [Inline], to address: String) -> String {
    let isSafe = ["https://", "http://", "#"].contains {
      address.lowercased().hasPrefix($0)
    }
    return isSafe
      ? HTML.element("a", ["href": address], around: html(of: words))
      : html(of: words)
  }

  /// Text in which the numbers of papers lead to them, and a number stays on
  /// the line of its `%`.
  private func linked(_ text: String) -> String {
    // Few texts hold either, and a regular expression costs more than a look.
    let joined =
      text.contains(" %")
      ? text.replacing(#/(\d) %/#) { "\($0.1)\u{A0}%" } : text
    guard text.contains("arXiv:") else { return HTML.escape(joined) }
    var html = ""
    var rest = joined[...]
    while let match = rest.firstMatch(of: #/arXiv:(\d{4}\.\d{4,5})/#) {
      html += HTML.escape(rest[..<match.range.lowerBound])
      html += HTML.element(
        "a", ["href": "https://arxiv.org/abs/\(match.1)"],
        around: HTML.escape(match.0))
      rest = rest[match.range.upperBound...]
    }
    return html + HTML.escape(rest)
  }
}
