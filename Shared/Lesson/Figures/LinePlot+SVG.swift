import Foundation
import Shared

extension LinePlot {
  private static let size = (width: 640.0, height: 400.0)
  private static let frame = (left: 64.0, right: 20.0, top: 44.0, bottom: 52.0)
  /// Each curve has its own, so that none depends on its colour.
  private static let dashes = [
    "none", "7 4", "2 4", "9 3 2 3", "14 4", "4 2 1 2",
  ]

  /// The file's text.
  public var svg: String {
    let curves = series.enumerated().flatMap { index, curve in
      [SVG.group(index, self.curve(curve, index))] + key(curve, index)
    }
    return SVG.document(
      width: Int(Self.size.width), height: Int(Self.size.height), title: title,
      body: grid + curves)
  }

  private func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let (frame, size, axes) = (Self.frame, Self.size, axes)
    let width = size.width - frame.left - frame.right
    let height = size.height - frame.top - frame.bottom
    return (
      frame.left + axes.x.share(x) * width,
      frame.top + (1 - axes.y.share(y)) * height
    )
  }

  private var grid: [String] {
    let (x, y) = axes
    let horizontal = y.ticks.map { tick in
      let at = place(x.low, tick)
      let label = SVG.text(y.label(tick), at.x - 8, at.y + 4, anchor: "end")
      return SVG.line(at, place(x.high, tick), more: " class=\"plot-grid\"")
        + label
    }
    let vertical = x.ticks.map { tick in
      let at = place(tick, y.low)
      let label = SVG.text(x.label(tick), at.x, at.y + 20, anchor: "middle")
      return SVG.line(at, (at.x, at.y + 5), more: " class=\"plot-axis\"")
        + label
    }
    let base = SVG.line(
      place(x.low, y.low), place(x.high, y.low), more: " class=\"plot-axis\"")
    let turned = " transform=\"translate(16 200) rotate(-90)\""
    return horizontal + vertical + [
      base, SVG.text(xLabel, 342, 392, anchor: "middle"),
      SVG.text(yLabel, 0, 0, anchor: "middle", more: turned),
    ]
  }

  private func dash(_ index: Int) -> String {
    " stroke-width=\"2\" stroke-dasharray=\""
      + "\(Self.dashes[index % Self.dashes.count])\""
  }

  private func curve(_ curve: Series, _ index: Int) -> [String] {
    let places = curve.finitePoints.map { place($0.x, $0.y) }
    let path = places.map { "\($0.x.decimals(1)),\($0.y.decimals(1))" }
    let line =
      "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\""
      + "\(dash(index))/>"
    let bars = curve.bars.map {
      SVG.line(place($0.x, $0.low), place($0.x, $0.high))
    }
    let dots = places.map {
      "<circle cx=\"\($0.x.decimals(1))\" cy=\"\($0.y.decimals(1))\" r=\"3\" "
        + "fill=\"currentColor\"/>"
    }
    return [line] + bars + dots
  }

  private func key(_ curve: Series, _ index: Int) -> [String] {
    let columns = max(series.map(\.name.count).max() ?? 0, 1)
    let right = 600 - Double(columns) * 7.2 - 30
    let x = legend == .lowerLeft ? 80 : right
    let top = legend == .upperRight ? 60 : 336 - Double(series.count) * 18
    let y = top + Double(index) * 18
    return [
      SVG.group(index, [SVG.line((x, y), (x + 24, y), more: dash(index))]),
      SVG.text(curve.name, x + 30, y + 4),
    ]
  }
}
