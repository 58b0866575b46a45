/// A line plot drawn with braille dots; every point also has its curve's
/// letter, so that curves are told apart without colour.
struct TerminalPlot {
  var plot: LinePlot

  /// Blue, vermilion, green and purple of the 256 colours, dark enough for a
  /// white terminal and light enough for a black one.
  static let colors = [33, 166, 29, 169]

  func lines(on terminal: Terminal) -> [String] {
    let (x, y) = plot.axes
    let gutter = y.ticks.map { y.label($0).count }.max() ?? 1
    // A margin of two on both sides, a space, and the axis itself.
    let columns = max(terminal.width - gutter - 6, 8)
    let canvas = drawn(columns: columns, x, y)
    let indent = String(repeating: " ", count: gutter + 4)
    return heading(terminal)
      + body(canvas, y, gutter: gutter, terminal)
      + numbers(x, columns: columns).map { indent.dropLast() + $0 }
      + wrapped([plot.xLabel], indent: indent, terminal)
      + legend(canvas, terminal)
  }

  private func heading(_ terminal: Terminal) -> [String] {
    [
      "  "
        + terminal.styled(String(plot.title.prefix(terminal.width - 2)), .bold)
    ]
      + wrapped([plot.yLabel], indent: "  ", terminal)
  }

  private func drawn(columns: Int, _ x: Axis, _ y: Axis) -> BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: plot.terminalRows)
    func place(_ px: Double, _ py: Double) -> (x: Int, y: Int) {
      // A value far outside the axis must still fit an integer.
      let across = min(max(x.share(px), -1), 2) * Double(columns * 2 - 1)
      let down =
        min(max(1 - y.share(py), -1), 2) * Double(canvas.rows * 4 - 1)
      return (Int(across.rounded()), Int(down.rounded()))
    }
    for (index, curve) in plot.series.enumerated() {
      let points = curve.finitePoints.map { place($0.x, $0.y) }
      for (from, to) in zip(points, points.dropFirst()) {
        canvas.line(from: from, to: to, series: index)
      }
      for bar in curve.bars {
        canvas.line(
          from: place(bar.x, bar.low), to: place(bar.x, bar.high),
          series: index)
      }
    }
    for (index, curve) in plot.series.enumerated() {
      for point in curve.finitePoints.map({ place($0.x, $0.y) }) {
        canvas.mark(point.x, point.y, Self.letter(index), series: index)
      }
    }
    return canvas
  }

  private func body(
    _ canvas: BrailleCanvas, _ y: Axis, gutter: Int, _ terminal: Terminal
  ) -> [String] {
    var labels: [Int: String] = [:]
    for tick in y.ticks {
      let down = (1 - y.share(tick)) * Double(plot.terminalRows * 4 - 1)
      labels[Int(down.rounded()) / 4] = y.label(tick)
    }
    return (0..<plot.terminalRows).map { row in
      let label = labels[row] ?? ""
      let gap = String(repeating: " ", count: gutter - label.count)
      let axis = "  " + gap + label + (label.isEmpty ? " │" : " ┤")
      return terminal.styled(axis, .faint)
        + Self.colored(canvas.row(row), on: terminal)
    }
  }

  /// The characters of a row, each run of one series in its colour.
  private static func colored(
    _ cells: ArraySlice<BrailleCanvas.Cell>, on terminal: Terminal
  ) -> String {
    var runs: [(text: String, series: Int?)] = []
    for cell in cells {
      if let last = runs.last, last.series == cell.series {
        runs[runs.count - 1].text.append(cell.character)
      } else {
        runs.append((String(cell.character), cell.series))
      }
    }
    return runs.map { run in
      run.series.map { Self.colored(run.text, $0, terminal) } ?? run.text
    }.joined()
  }

  /// Text in a series' colour.
  static func colored(_ text: String, _ series: Int, _ terminal: Terminal)
    -> String
  {
    terminal.hasColor
      ? "\u{1B}[38;5;\(colors[series % colors.count])m\(text)\u{1B}[0m" : text
  }

  /// The horizontal axis and, below it, its numbers.
  private func numbers(_ x: Axis, columns: Int) -> [String] {
    var axis = Array(repeating: Character("─"), count: columns + 1)
    var text = Array(repeating: Character(" "), count: columns + 1)
    axis[0] = "└"
    var free = 0
    for tick in x.ticks {
      let column = 1 + Int((x.share(tick) * Double(columns - 1)).rounded())
      let label = Array(x.label(tick))
      let start = min(max(column - label.count / 2, 0), columns - label.count)
      guard axis.indices.contains(column), start >= free else { continue }
      axis[column] = "┬"
      text.replaceSubrange(start..<start + label.count, with: label)
      free = start + label.count + 1
    }
    return [String(axis), String(text)]
  }

  private func legend(
    _ canvas: BrailleCanvas, _ terminal: Terminal
  ) -> [String] {
    let names = plot.series.enumerated().map { index, curve in
      "\(Self.letter(index)) \(curve.name)"
    }
    let hasMeetings = (0..<canvas.rows).contains {
      canvas.row($0).contains { $0.letter == "*" }
    }
    return wrapped(
      names + (hasMeetings ? ["* several"] : []), indent: "  ", terminal)
  }

  /// Texts side by side, three blanks apart, on as many lines as it takes.
  private func wrapped(
    _ texts: [String], indent: String, _ terminal: Terminal
  ) -> [String] {
    var lines: [String] = []
    for text in texts where !text.isEmpty {
      let longer = (lines.last ?? indent) + "   " + text
      if let last = lines.indices.last, longer.count <= terminal.width {
        lines[last] = longer
      } else {
        lines.append(indent + text)
      }
    }
    return lines.map { String($0.prefix(terminal.width)) }
  }

  static func letter(_ series: Int) -> Character {
    Character(UnicodeScalar(97 + UInt8(series % 26)))
  }
}
