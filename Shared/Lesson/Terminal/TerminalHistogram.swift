import Shared

/// A histogram as horizontal bars, exact to an eighth of a character.
struct TerminalHistogram {
  var histogram: Histogram

  func lines(on terminal: Terminal) -> [String] {
    let series = histogram.series
    let names = histogram.bins.map(\.count).max() ?? 0
    let numbers = histogram.largest.grouped.count
    // A margin of two on both sides, the series' letter, a blank beside each.
    let longest = max(terminal.width - names - numbers - 7, 1)
    let heading = "\(histogram.binLabel) → \(histogram.countLabel)"
    var lines = [
      "  "
        + terminal.styled(
          String(histogram.title.prefix(terminal.width - 2)), .bold),
      terminal.styled("  " + heading.prefix(terminal.width - 2), .faint),
    ]
    for (bin, name) in histogram.bins.enumerated() {
      for (index, one) in series.enumerated() {
        let label = index == 0 ? name : ""
        let gap = String(repeating: " ", count: names - label.count)
        let letter =
          series.count > 1 ? "\(TerminalPlot.letter(index)) " : ""
        let bar = Self.bar(
          Double(one.counts[bin]) / Double(histogram.largest), of: longest)
        lines.append(
          "  " + gap + label + " " + letter
            + TerminalPlot.colored(bar, index, terminal)
            + (bar.isEmpty ? "" : " ") + one.counts[bin].grouped)
      }
    }
    let legend = series.enumerated().map {
      "\(TerminalPlot.letter($0.offset)) \($0.element.name)"
    }
    return lines
      + (series.count > 1 ? ["  " + legend.joined(separator: "   ")] : [])
  }

  /// A share of `width` characters as a bar; more than nothing always shows.
  static func bar(_ share: Double, of width: Int) -> String {
    let exact = (share * Double(width) * 8).rounded()
    let eighths = Int(share > 0 ? max(exact, 1) : 0)
    let rest = Array(" ▏▎▍▌▋▊▉")[eighths % 8]
    return String(repeating: "█", count: eighths / 8)
      + (rest == " " ? "" : String(rest))
  }
}
