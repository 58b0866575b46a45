extension TerminalRenderer {
  /// Pictures side by side, as many as fit, their captions below.
  func lines(of pictures: Pictures) -> [String] {
    let pixels = pictures.images.shape[2]
    let perRow = (width - 2) / (pixels + 2)
    guard perRow > 0 else {
      return pictures.captions.flatMap { wrapped([Span($0)], first: "  ") }
    }
    let drawn = (0..<pictures.images.shape[0]).map { index in
      TerminalImage(image: pictures.images.rows(index..<index + 1))
        .lines(on: terminal)
    }
    let groups = Workers.shards(of: drawn.count, size: perRow).map { group in
      beside(group.map { drawn[$0] }, width: pixels)
        + beside(
          group.map { caption(pictures.captions[$0], width: pixels) },
          width: pixels)
    }
    return Array(groups.joined(separator: [""]))
  }

  private func caption(_ text: String, width: Int) -> [String] {
    [Span(text.printable)].wrapped(to: width).map {
      terminal.styled(terminal.text($0).padded(to: width), .faint)
    }
  }

  /// Blocks of lines side by side; what is missing below a short one is blank.
  private func beside(_ columns: [[String]], width: Int) -> [String] {
    let blank = String(repeating: " ", count: width)
    return (0..<(columns.map(\.count).max() ?? 0)).map { y in
      "  "
        + columns.map { y < $0.count ? $0[y] : blank }.joined(separator: "  ")
    }
  }

  /// Where the figure is and what it shows.
  func lines(of figure: Figure) -> [String] {
    wrapped(
      [.text("Figure "), .code(figure.place), .text(": ")] + figure.caption)
  }
}
