extension NotebookRenderer {
  /// Small digits, one byte a pixel and enlarged by the browser.
  func html(of pictures: Pictures) -> String {
    let digits = pictures.captions.enumerated().map { index, caption in
      var grid = ImageGrid()
      grid.addRow(pictures.images.rows(index..<index + 1))
      let image = HTML.image(
        grid.png(scale: 1, gap: 0), alternative: "Picture: \(caption)",
        scale: 4)
      return """
        <figure>\(image)<figcaption>\(HTML.escape(caption))</figcaption></figure>
        """
    }
    return HTML.element(
      "div", ["class": "pictures"], around: digits.joined(separator: "\n"))
  }

  /// A figure with its caption, and where it is a file, a link to it.
  func html(of figure: Figure) -> String {
    let name = HTML.escape(figure.name)
    let file = "<a class=\"file\" href=\"figures/\(name)\">\(name)</a>"
    let isFile = if case .fragment = figure.content { false } else { true }
    return """
      <figure class="drawing">
      \(drawing(figure))
      <figcaption>\(html(of: figure.caption.capitalized)) \(isFile ? file : "")</figcaption>
      </figure>
      """
  }

  private func drawing(_ svg: String, _ alternative: String) -> String {
    HTML.element(
      "div", ["class": "plot", "role": "img", "aria-label": alternative],
      around: svg)
  }

  /// The widest a picture can be on a page, in CSS pixels: 39 rem of 18.
  private static let columnWidth = 702

  private func drawing(_ figure: Figure) -> String {
    switch figure.content {
    case .images(let grid, let scale):
      // Windows of a few pixels are drawn larger, so that gaps stay narrow.
      let drawn = max(1, scale / 4)
      let png = grid.png(scale: drawn, gap: 1)
      // A browser that shrinks a picture to fit leaves uneven pixels.
      let fitting = max(1, Self.columnWidth / png.width)
      return HTML.image(
        png, alternative: figure.alternative,
        scale: min(scale / drawn, fitting))
    case .plot(let plot): return drawing(plot.svg, figure.alternative)
    case .histogram(let histogram):
      return drawing(histogram.svg, figure.alternative)
    case .diagram(let diagram):
      return drawing(diagram.svg, figure.alternative)
    case .fragment(let html):
      return HTML.element(
        "div", ["role": "group", "aria-label": figure.alternative], around: html
      )
    }
  }
}
