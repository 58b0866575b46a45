extension TerminalRenderer {
  /// Pictures side by side, as many as fit, their captions below.
  func lines(of pictures: Pictures) -> [String] {
    var grid = ImageGrid()
    grid.addRow(pictures.images, captions: pictures.captions)
    return TerminalImage(grid: grid).lines(on: terminal)
  }

  /// The figure as well as characters can show it, what it shows, and where
  /// the file is.
  func lines(of figure: Figure) -> [String] {
    let drawing = lines(of: figure.content)
    return drawing + (drawing.isEmpty ? [] : [""])
      + wrapped(
        [.text("Figure "), .code(figure.place), .text(": ")] + figure.caption)
  }

  private func lines(of content: Figure.Content) -> [String] {
    switch content {
    case .images(let grid, _): TerminalImage(grid: grid).excerpt(on: terminal)
    case .plot(let plot):
      plot.terminalRows > 0 ? TerminalPlot(plot: plot).lines(on: terminal) : []
    case .histogram(let histogram):
      TerminalHistogram(histogram: histogram).lines(on: terminal)
    case .diagram, .fragment: []
    }
  }
}
