import Foundation
import Testing

@testable import Lesson
@testable import Shared

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct LinePlotTests {
  @Test func `the file is well-formed and shows every point`() {
    let plot = LinePlot(
      "a < b & c", xLabel: "x", yLabel: "y",
      series: [
        .init("one", points: [(0, 1), (1, 3), (2, 2)]),
        .init("two", points: [(0, 2)], intervals: [1...3]),
      ])
    let parser = XMLParser(data: Data(plot.svg.utf8))
    #expect(parser.parse())
    #expect(plot.svg.components(separatedBy: "<circle").count - 1 == 4)
    #expect(plot.svg.contains("a &lt; b &amp; c"))
  }

  @Test func `a loss that is not a number leaves a gap`() {
    let plot = LinePlot(
      "Loss", xLabel: "epoch", yLabel: "loss",
      series: [
        .init("one", points: [(1, 2), (2, .nan), (3, .infinity), (4, 1)])
      ])
    #expect(plot.svg.components(separatedBy: "<circle").count - 1 == 2)
    #expect(!plot.svg.contains("nan") && !plot.svg.contains("inf"))
  }

  @Test func `axes end at round numbers and cover all values`() {
    let axis = Axis(covering: [0.03, 0.97], fixed: nil)
    #expect(axis.low <= 0.03 && axis.high >= 0.97)
    #expect(
      axis.ticks.map(axis.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    let percent = Axis(covering: [17, 99], fixed: 0...100)
    #expect(percent.ticks.map(percent.label).last == "100")
    let flat = Axis(covering: [5, 5], fixed: nil)
    #expect(flat.low < flat.high)
    // Where one more is nothing, too.
    let far = Axis(covering: [1e38, 1e38], fixed: nil)
    #expect(far.low < far.high && far.ticks.allSatisfy(\.isFinite))
  }
}
