/// A stretch of text in one style.
struct Span: Sendable, Equatable {
  var text: String
  var style: Terminal.Style?

  init(_ text: String, _ style: Terminal.Style? = nil) {
    self.text = text
    self.style = style
  }
}

extension [Span] {
  /// The columns these spans take.
  var displayWidth: Int { reduce(0) { $0 + $1.text.displayWidth } }

  /// Breaks at spaces into lines of at most `width` columns.
  ///
  /// A word that is longer than a line, such as a path, is cut.
  func wrapped(to width: Int) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var used = 0
    for word in words.flatMap({ $0.cut(to: width) }) {
      let length = word.displayWidth
      if used > 0, used + 1 + length > width {
        lines.append([])
        used = 0
      }
      if used > 0 {
        let before = lines[lines.count - 1].last?.style
        let isInside = before == word.first?.style
        lines[lines.count - 1].append(Span(" ", isInside ? before : nil))
        used += 1
      }
      lines[lines.count - 1] += word
      used += length
    }
    return lines.map(\.joined)
  }

  /// With neighbours of one style put together.
  var joined: [Span] {
    reduce(into: []) { spans, span in
      if let last = spans.indices.last, spans[last].style == span.style {
        spans[last].text += span.text
      } else {
        spans.append(span)
      }
    }
  }

  /// Pieces of at most `width` columns; only a zero-width piece is ever empty.
  func cut(to width: Int) -> [[Span]] {
    guard displayWidth > width else { return [self] }
    var pieces: [[Span]] = [[]]
    var used = 0
    for span in self {
      var piece = ""
      for character in span.text {
        if used + character.displayWidth > width, used > 0 {
          pieces[pieces.count - 1].append(Span(piece, span.style))
          pieces.append([])
          (piece, used) = ("", 0)
        }
        piece.append(character)
        used += character.displayWidth
      }
      pieces[pieces.count - 1].append(Span(piece, span.style))
    }
    return pieces
  }

  /// Words may change style in the middle: `ε`-ball is one word.
  private var words: [[Span]] {
    var words: [[Span]] = [[]]
    for span in self {
      let pieces = span.text.split(
        separator: " ", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { words.append([]) }
        if !piece.isEmpty {
          words[words.count - 1].append(Span(String(piece), span.style))
        }
      }
    }
    return words.filter { !$0.isEmpty }
  }
}

extension Terminal {
  /// Spans as one line of text.
  func text(_ spans: [Span]) -> String {
    spans.map { span in
      span.style.map { styled(span.text, $0) } ?? span.text
    }.joined()
  }
}
