import Foundation
import Shared

extension Page {
  /// Prints small grey pictures side by side, each with a caption below.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, 1]`.
  ///   - captions: One text an image.
  public func pictures(_ images: Tensor, captions: [String]) {
    add(.pictures(Pictures(images: images, captions: captions)))
  }

  /// Writes a grid of pictures as PNG and says where and what it shows.
  ///
  /// - Parameters:
  ///   - name: The end of the file's name.
  ///   - grid: The pictures.
  ///   - scale: The side of the square that one pixel becomes.
  ///   - caption: What the figure shows.
  ///   - alternative: What to tell somebody who cannot see it.
  ///   - isSameWhenQuick: Whether a quick run draws the same.
  /// - Throws: A `TutorialError` if the file cannot be written.
  public func figure(
    _ name: String, _ grid: ImageGrid, scale: Int = 3, caption: String,
    alternative: String, isSameWhenQuick: Bool = false
  ) throws {
    try figure(
      "\(chapter)-\(name).png", .images(grid, scale: scale),
      data: grid.png(scale: scale).encoded, caption, alternative,
      isSameWhenQuick)
  }

  /// Writes a plot as SVG and says where and what it shows.
  ///
  /// - Throws: A `TutorialError` if the file cannot be written.
  public func figure(
    _ name: String, _ plot: LinePlot, caption: String,
    isSameWhenQuick: Bool = false
  ) throws {
    try figure(
      "\(chapter)-\(name).svg", .plot(plot), data: Data(plot.svg.utf8), caption,
      plot.inWords, isSameWhenQuick)
  }

  /// Writes a histogram as SVG and says where and what it shows.
  ///
  /// - Throws: A `TutorialError` if the file cannot be written.
  public func figure(
    _ name: String, _ histogram: Histogram, caption: String,
    isSameWhenQuick: Bool = false
  ) throws {
    try figure(
      "\(chapter)-\(name).svg", .histogram(histogram),
      data: Data(histogram.svg.utf8), caption, histogram.inWords,
      isSameWhenQuick)
  }

  /// Writes a network's diagram as SVG and says where and what it shows.
  ///
  /// - Throws: A `TutorialError` if the file cannot be written.
  public func figure(
    _ name: String, _ diagram: NetworkDiagram, caption: String
  ) throws {
    try figure(
      "\(chapter)-\(name).svg", .diagram(diagram),
      data: Data(diagram.svg.utf8), caption, diagram.inWords, true)
  }

  /// Puts a figure on the notebook page only, because it answers the reader.
  ///
  /// - Parameters:
  ///   - name: The end of the figure's name.
  ///   - fragment: HTML that stands on its own: no links to other files, ids
  ///     and styles that nothing else uses.
  ///   - caption: What the figure shows.
  ///   - alternative: What to tell somebody who cannot see it.
  public func figure(
    _ name: String, fragment: String, caption: String, alternative: String
  ) {
    add(
      .figure(
        Figure(
          name: "\(chapter)-\(name)",
          place: short(workspace.url("\(chapter).html")),
          caption: labelled(caption, false), alternative: alternative,
          content: .fragment(fragment))))
  }

  private func figure(
    _ name: String, _ content: Figure.Content, data: @autoclosure () -> Data,
    _ caption: String, _ alternative: String, _ isSameWhenQuick: Bool
  ) throws {
    let path = "figures/\(name)"
    try writing { try workspace.write(data(), to: path) }
    add(
      .figure(
        Figure(
          name: name, place: short(workspace.url(path)),
          caption: labelled(caption, isSameWhenQuick), alternative: alternative,
          content: content)))
  }

  private func labelled(_ caption: String, _ isSameWhenQuick: Bool)
    -> [Inline]
  {
    Inline.parse(
      isRough(isSameWhenQuick) ? "(quick run) \(caption)" : caption)
  }
}

extension Histogram {
  /// Every bar in words.
  var inWords: String {
    let bars = series.map { one in
      one.name + ": "
        + zip(bins, one.counts).map { "\($0) \($1.grouped)" }
        .joined(separator: ", ")
    }
    return "\(title). \(countLabel) by \(binLabel). "
      + bars.joined(separator: "; ") + "."
  }
}

extension LinePlot {
  /// The axes, and where each curve begins and ends.
  var inWords: String {
    let curves = series.compactMap { curve -> String? in
      guard let first = curve.points.first, let last = curve.points.last
      else { return nil }
      return "\(curve.name): from \(words(first)) to \(words(last))"
    }
    return "Plot: \(yLabel) against \(xLabel). "
      + curves.joined(separator: "; ") + "."
  }

  private func words(_ point: (x: Double, y: Double)) -> String {
    "\(point.y.shortest) at \(point.x.shortest)"
  }
}
