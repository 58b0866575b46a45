import Foundation
import Shared

/// Pieces of an SVG file that reads well on light and on dark pages.
///
/// The file brings its own paper, so it is readable even where a page and a
/// reader's settings disagree. All class names begin with `plot-` and mean the
/// same in every figure: several of them may stand in one HTML page.
enum SVG {
  /// Okabe and Ito's colours, told apart by the colour-blind too.
  ///
  /// See jfly.uni-koeln.de/color. These four, and a gray and a violet beside
  /// them, have a contrast of 3 or more on both papers, as WCAG 1.4.11 asks of
  /// graphics.
  static let colors = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#808080", "#8a63d2",
  ]
  static let light = Theme(
    paper: "#ffffff", text: "#222222", axis: "#666666", grid: "#dddddd")
  static let dark = Theme(
    paper: "#0d1117", text: "#e6edf3", axis: "#8b949e", grid: "#30363d")

  /// The colours around the curves.
  struct Theme {
    var paper: String
    var text: String
    var axis: String
    var grid: String

    fileprivate var rules: String {
      ".plot-paper{fill:\(paper)}.plot-text{fill:\(text)}"
        + ".plot-axis{stroke:\(axis)}.plot-grid{stroke:\(grid)}"
    }
  }

  /// A whole file.
  static func document(
    width: Int, height: Int, title: String, body: [String]
  ) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
    font-family="sans-serif" font-size="13" role="img">
    <title>\(escaped(title))</title>
    <style>\(light.rules)
    @media (prefers-color-scheme: dark){\(dark.rules)}</style>
    <rect class="plot-paper" width="\(width)" height="\(height)" rx="6"/>
    \(text(title, 20, 26, more: #" font-size="16" font-weight="bold""#))
    \(body.joined(separator: "\n"))
    </svg>

    """
  }

  /// Shapes in the colour of a series, which they call `currentColor`.
  static func group(_ series: Int, _ parts: [String]) -> String {
    "<g color=\"\(colors[series % colors.count])\" "
      + "stroke=\"currentColor\">\n\(parts.joined(separator: "\n"))\n</g>"
  }

  static func line(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), more: String = ""
  ) -> String {
    "<line x1=\"\(a.x.decimals(1))\" y1=\"\(a.y.decimals(1))\" "
      + "x2=\"\(b.x.decimals(1))\" y2=\"\(b.y.decimals(1))\"\(more)/>"
  }

  static func text(
    _ words: String, _ x: Double, _ y: Double, anchor: String = "start",
    more: String = ""
  ) -> String {
    "<text class=\"plot-text\" x=\"\(x.decimals(1))\" y=\"\(y.decimals(1))\" "
      + "text-anchor=\"\(anchor)\"\(more)>\(escaped(words))</text>"
  }

  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
  }
}
