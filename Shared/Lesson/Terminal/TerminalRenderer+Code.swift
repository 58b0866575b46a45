extension TerminalRenderer {
  /// Where the code stands, then its numbered lines; what is too wide goes on
  /// below a ↪.
  func lines(of code: Code) -> [String] {
    let place = [Span("\(code.file):\(code.firstLine)", .faint)]
    let colored = SyntaxColoring.spans(ofLines: code.lines.map(terminal.shown))
    let digits = "\(code.firstLine + code.lines.count - 1)".count
    return wrapped(place, first: "  ", hanging: "  ")
      + colored.enumerated().flatMap { index, line in
        lines(
          ofCode: line.map { Span($0.text, Self.style(of: $0.kind)) },
          number: "\(code.firstLine + index)".padded(to: digits, atEnd: false))
      }
  }

  private func lines(ofCode spans: [Span], number: String) -> [String] {
    let room = width - number.count - 5
    guard spans.displayWidth > room else {
      return [behind(number + " │", spans)]
    }
    let blanks = spans.first?.text.prefix { $0 == " " }.count ?? 0
    let indentation = min(blanks + 2, room / 2)
    let gap = Span(String(repeating: " ", count: indentation))
    let goesOn = String(repeating: " ", count: number.count) + " ↪"
    // All pieces are as narrow as the indented ones, so that one cut will do.
    let pieces = spans.brokenAtSpaces(width: room - indentation)
    return pieces.enumerated().map {
      $0.offset == 0
        ? behind(number + " │", $0.element)
        : behind(goesOn, [gap] + $0.element)
    }
  }

  private func behind(_ margin: String, _ spans: [Span]) -> String {
    terminal.styled("  \(margin) ", .faint) + terminal.text(spans)
  }

  /// Dark enough for a light background; comments are only fainter.
  private static func style(of kind: SyntaxColoring.Kind) -> Terminal.Style? {
    switch kind {
    case .keyword: .keyword
    case .string: .string
    case .comment: .faint
    case .number: .number
    case .type: .type
    case .plain: nil
    }
  }
}

extension [Span] {
  /// Pieces of at most `width` columns that end at a space where one is near.
  fileprivate func brokenAtSpaces(width: Int) -> [[Span]] {
    var pieces: [[Span]] = []
    var rest = flatMap { span in
      span.text.map { (character: $0, style: span.style) }
    }[...]
    while !rest.isEmpty {
      var end = rest.startIndex
      var used = 0
      while end < rest.endIndex,
        end == rest.startIndex
          || used + rest[end].character.displayWidth <= width
      {
        used += rest[end].character.displayWidth
        end += 1
      }
      if end < rest.endIndex,
        let space = rest[..<end].lastIndex(where: { $0.character == " " }),
        space - rest.startIndex > width / 2
      {
        end = space + 1
      }
      pieces.append(rest[..<end].map { Span(String($0.character), $0.style) })
      rest = rest[end...]
    }
    return pieces.map(\.joined)
  }
}
