import Foundation
import Shared

/// How often values fall into bins, for one or two series; for an SVG file and
/// for the terminal.
public struct Histogram: Sendable {
  /// One count a bin.
  public struct Series: Sendable {
    /// Its name in the legend.
    public var name: String
    /// One count a bin.
    public var counts: [Int]

    /// Counts under a name.
    public init(_ name: String, counts: [Int]) {
      self.name = name
      self.counts = counts
    }
  }

  /// What is counted.
  public var title: String
  /// The meaning of the bins, with their unit.
  public var binLabel: String
  /// The meaning of the counts.
  public var countLabel: String
  /// The name of each bin.
  public var bins: [String]
  /// One or two series.
  public var series: [Series]

  /// A histogram of counts.
  public init(
    _ title: String, binLabel: String, countLabel: String, bins: [String],
    series: [Series]
  ) {
    precondition(
      series.allSatisfy { $0.counts.count == bins.count },
      "\(bins.count) bins need as many counts, "
        + "got \(series.map(\.counts.count))")
    self.title = title
    self.binLabel = binLabel
    self.countLabel = countLabel
    self.bins = bins
    self.series = series
  }

  /// The largest count, at least 1.
  var largest: Int { max(series.flatMap(\.counts).max() ?? 1, 1) }

  /// The file's text.
  ///
  /// The bars of the first series are full, those of the second hollow.
  public var svg: String {
    let left = 40 + Double(bins.map(\.count).max() ?? 0) * 7.2
    let full = 640 - left - 30 - Double(largest.grouped.count) * 7.2
    let bar = 16.0
    let step = bar * Double(series.count) + 6
    let top = 66.0 + Double(series.count - 1) * 18
    var parts = [
      SVG.text("\(binLabel) → \(countLabel)", 20, 48)
    ]
    for (index, one) in series.enumerated() where series.count > 1 {
      let y = 56 + Double(index) * 18
      parts += [
        SVG.group(index, [Self.bar(20, y, 24, 10, index)]),
        SVG.text(one.name, 50, y + 10),
      ]
    }
    for (bin, name) in bins.enumerated() {
      let y = top + Double(bin) * step
      parts.append(
        SVG.text(name, left - 8, y + (step - 6) / 2 + 4, anchor: "end"))
      for (index, one) in series.enumerated() {
        let width = full * Double(one.counts[bin]) / Double(largest)
        let at = y + Double(index) * bar
        parts += [
          SVG.group(index, [Self.bar(left, at, width, bar - 2, index)]),
          SVG.text(one.counts[bin].grouped, left + width + 6, at + 11),
        ]
      }
    }
    return SVG.document(
      width: 640, height: Int(top + Double(bins.count) * step) + 14,
      title: title, body: parts)
  }

  private static func bar(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ index: Int
  ) -> String {
    "<rect x=\"\(x.decimals(1))\" y=\"\(y.decimals(1))\" "
      + "width=\"\(width.decimals(1))\" height=\"\(height.decimals(1))\" "
      + "fill=\"\(index == 0 ? "currentColor" : "none")\"/>"
  }
}
