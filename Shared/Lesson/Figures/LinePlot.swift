import Foundation

/// Curves over numbered axes, for an SVG file and for the terminal.
public struct LinePlot: Sendable {
  /// One curve.
  public struct Series: Sendable {
    /// Its name in the legend.
    public var name: String
    /// Its points, in the order in which they are joined.
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

  /// How many lines high a terminal draws the plot; not at all if 0.
  public var terminalRows = 16

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

  /// Both axes; they cover all points and intervals.
  var axes: (x: Axis, y: Axis) {
    let xs = series.flatMap { $0.points.map(\.x) }.filter(\.isFinite)
    let ys = series.flatMap { curve in
      curve.points.map(\.y)
        + curve.intervals.flatMap { [$0.lowerBound, $0.upperBound] }
    }
    return (
      Axis(covering: xs, fixed: (xs.min() ?? 0)...(xs.max() ?? 1)),
      Axis(covering: ys, fixed: yRange)
    )
  }
}

extension LinePlot.Series {
  /// The points that can be drawn: a diverged training has others.
  var finitePoints: [(x: Double, y: Double)] {
    points.filter { $0.x.isFinite && $0.y.isFinite }
  }

  /// The ends of the vertical bars.
  var bars: [(x: Double, low: Double, high: Double)] {
    zip(points, intervals).map { ($0.x, $1.lowerBound, $1.upperBound) }
      .filter { $0.x.isFinite && $0.low.isFinite && $0.high.isFinite }
  }
}
