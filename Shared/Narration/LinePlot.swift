import Foundation

/// Curves over numbered axes, for an SVG file.
public struct LinePlot: Sendable {
  /// One curve.
  public struct Series: Sendable {
    /// Its name in the legend.
    public var name: String
    /// Its points, from left to right.
    public var points: [(x: Double, y: Double)]
    /// A vertical bar at each point, if there is one.
    public var intervals: [ClosedRange<Double>]

    /// A curve through points.
    public init(
      _ name: String, points: [(x: Double, y: Double)],
      intervals: [ClosedRange<Double>] = []
    ) {
      self.name = name
      self.points = points
      self.intervals = intervals
    }
  }

  /// What is plotted.
  public var title: String
  /// The meaning of the horizontal axis, with its unit.
  public var xLabel: String
  /// The meaning of the vertical axis, with its unit.
  public var yLabel: String
  /// The curves.
  public var series: [Series]
  /// The ends of the vertical axis; nil for what the points need.
  public var yRange: ClosedRange<Double>?

  /// The corner in which the curves are named.
  public var legend: Corner

  /// A corner of the plot.
  public enum Corner: Sendable { case upperRight, lowerRight, lowerLeft }

  /// A plot of some curves.
  public init(
    _ title: String, xLabel: String, yLabel: String, series: [Series],
    yRange: ClosedRange<Double>? = nil, legend: Corner = .upperRight
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.yRange = yRange
    self.legend = legend
  }

  private static let size = (width: 640.0, height: 400.0)
  private static let frame = (left: 64.0, right: 20.0, top: 44.0, bottom: 52.0)
  // Okabe and Ito's colours, told apart by the colour-blind too; each curve
  // also has its own dash.
  private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"]
  private static let dashes = ["none", "7 4", "2 4", "9 3 2 3"]

  /// The file's text.
  public var svg: String {
    let xs = series.flatMap { $0.points.map(\.x) }
    let ys = series.flatMap { $0.points.map(\.y) }
    let x = Axis(covering: xs, fixed: (xs.min() ?? 0)...(xs.max() ?? 1))
    let y = Axis(covering: ys, fixed: yRange)
    func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      let f = Self.frame
      let width = Self.size.width - f.left - f.right
      let height = Self.size.height - f.top - f.bottom
      return (
        f.left + x.share(point.x) * width,
        f.top + (1 - y.share(point.y)) * height
      )
    }
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" \
      font-family="sans-serif" font-size="13" role="img">
      <title>\(escaped(title))</title>
      <rect width="640" height="400" fill="#ffffff"/>
      <text x="64" y="26" font-size="16" font-weight="bold">\(escaped(title))\
      </text>
      """
    ]
    for tick in y.ticks {
      let at = place((x.low, tick))
      parts.append(
        line(at, place((x.high, tick)), "#dddddd")
          + text(y.label(tick), at.x - 8, at.y + 4, "end"))
    }
    for tick in x.ticks {
      let at = place((tick, y.low))
      parts.append(
        line(at, (at.x, at.y + 5), "#444444")
          + text(x.label(tick), at.x, at.y + 20, "middle"))
    }
    parts.append(line(place((x.low, y.low)), place((x.high, y.low)), "#444444"))
    parts.append(text(xLabel, 342, 392, "middle"))
    parts.append(
      "<text transform=\"translate(16 200) rotate(-90)\" "
        + "text-anchor=\"middle\">\(escaped(yLabel))</text>")
    for (index, curve) in series.enumerated() {
      parts += self.curve(curve, index, place)
      parts += key(curve, index)
    }
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  private func curve(
    _ curve: Series, _ index: Int,
    _ place: ((x: Double, y: Double)) -> (x: Double, y: Double)
  ) -> [String] {
    let color = Self.colors[index % Self.colors.count]
    let places = curve.points.map(place)
    let path = places.map { "\($0.x.decimals(1)),\($0.y.decimals(1))" }
    var parts = [
      "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" "
        + "stroke=\"\(color)\" stroke-width=\"2\" stroke-dasharray=\""
        + "\(Self.dashes[index % Self.dashes.count])\"/>"
    ]
    for (point, interval) in zip(curve.points, curve.intervals) {
      parts.append(
        line(
          place((point.x, interval.lowerBound)),
          place((point.x, interval.upperBound)), color))
    }
    parts += places.map {
      "<circle cx=\"\($0.x.decimals(1))\" cy=\"\($0.y.decimals(1))\" r=\"3.5\" "
        + "fill=\"\(color)\"/>"
    }
    return parts
  }

  private func key(_ curve: Series, _ index: Int) -> [String] {
    let columns = max(series.map(\.name.count).max() ?? 0, 1)
    let right = 600 - Double(columns) * 7.2 - 30
    let x = legend == .lowerLeft ? 80 : right
    let top = legend == .upperRight ? 60 : 336 - Double(series.count) * 18
    let y = top + Double(index) * 18
    let color = Self.colors[index % Self.colors.count]
    return [
      "<line x1=\"\(x)\" y1=\"\(y)\" x2=\"\(x + 24)\" y2=\"\(y)\" "
        + "stroke=\"\(color)\" stroke-width=\"2\" stroke-dasharray=\""
        + "\(Self.dashes[index % Self.dashes.count])\"/>",
      text(curve.name, x + 30, y + 4, "start"),
    ]
  }

  private func line(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ color: String
  ) -> String {
    "<line x1=\"\(a.x.decimals(1))\" y1=\"\(a.y.decimals(1))\" "
      + "x2=\"\(b.x.decimals(1))\" y2=\"\(b.y.decimals(1))\" "
      + "stroke=\"\(color)\"/>"
  }

  private func text(
    _ words: String, _ x: Double, _ y: Double, _ anchor: String
  ) -> String {
    "<text x=\"\(x.decimals(1))\" y=\"\(y.decimals(1))\" "
      + "text-anchor=\"\(anchor)\">\(escaped(words))</text>"
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
  }
}
