import Testing

@testable import Lesson
@testable import Shared

@Suite struct TerminalPlotTests {
  private func plot(_ series: [LinePlot.Series]) -> TerminalPlot {
    TerminalPlot(
      plot: LinePlot(
        "Accuracy under attack", xLabel: "ε (pixels)", yLabel: "accuracy (%)",
        series: series, yRange: 0...100))
  }

  private let curves: [LinePlot.Series] = [
    .init(
      "clean", points: [(0, 99), (0.1, 98), (0.3, 92)],
      intervals: [90...100, 95...99, 80...95]),
    .init("FGSM", points: [(0, 99), (0.1, 87), (0.3, 19)]),
    .init("a name as long as a learner likes it", points: [(0.2, .nan)]),
    .init("another name as long as a learner likes it", points: []),
  ]

  @Test(arguments: [60, 80, 120])
  func `no line is wider than the terminal`(width: Int) {
    for hasColor in [false, true] {
      let lines = plot(curves).lines(
        on: Terminal(width: width, hasColor: hasColor))
      #expect(lines.allSatisfy { $0.visible.count <= width })
      #expect(lines.contains { $0.contains("\u{1B}") } == hasColor)
      #expect(lines.contains { $0.visible.hasPrefix("  100 ┤*") })
      #expect(lines.contains { $0.visible.hasPrefix("    0 ┤") })
      #expect(lines.contains { $0.visible.contains("a clean   b FGSM") })
      #expect(lines.contains { $0.visible.contains("* several") })
    }
  }

  @Test func `a flat line is straight and in its place`() {
    let flat = plot([.init("half", points: [(0, 100), (1, 100)])])
    let lines = flat.lines(on: Terminal(width: 60, hasColor: false))
    // Margin, three digits, a blank and the axis: the rest but a margin of one.
    #expect(
      lines[2] == "  100 ┤a" + String(repeating: "⠉", count: 49) + "a")
    #expect(lines[17].hasPrefix("    0 ┤ "))
    #expect(lines[18].hasPrefix("      └┬"))
    #expect(lines[19].hasPrefix("      0.0 "))
  }

  @Test func `a falling line goes from corner to corner`() {
    let falling = plot([.init("one", points: [(0, 100), (1, 0)])])
    let lines = falling.lines(on: Terminal(width: 60, hasColor: false))
    let rows = lines[2..<18].map { Array($0.dropFirst(7)) }
    #expect(rows.first?.first == "a" && rows.last?.last == "a")
    for (index, row) in rows.enumerated() {
      let drawn = row.indices.filter { row[$0] != " " }
      // 51 columns over 16 rows: each row has its share of them.
      #expect(drawn.allSatisfy { abs($0 * 16 / 51 - index) <= 1 })
      #expect((3...5).contains(drawn.count))
    }
  }

  @Test func `a plot without points is an empty one`() {
    let lines = plot([]).lines(on: Terminal(width: 80, hasColor: false))
    #expect(lines.count == 21)
  }
}
