import Foundation
import Testing

@testable import Lesson
@testable import Shared

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct HistogramTests {
  private let one = Histogram(
    "Grey values", binLabel: "value", countLabel: "pixels",
    bins: ["0", "1–254", "255"],
    series: [.init("training", counts: [1600, 1, 800])])

  private var two: Histogram {
    var two = one
    two.series.append(.init("test & <more>", counts: [0, 5, 160]))
    return two
  }

  @Test func `a bar is exact to an eighth of a character`() {
    #expect(TerminalHistogram.bar(1, of: 4) == "████")
    #expect(TerminalHistogram.bar(0.5, of: 4) == "██")
    #expect(TerminalHistogram.bar(0.53125, of: 4) == "██▏")
    #expect(TerminalHistogram.bar(0.96875, of: 4) == "███▉")
    #expect(TerminalHistogram.bar(0, of: 4) == "")
    #expect(TerminalHistogram.bar(1e-9, of: 4) == "▏")
  }

  @Test(arguments: [60, 80, 120])
  func `no line is wider than the terminal`(width: Int) {
    for histogram in [one, two] {
      let lines = TerminalHistogram(histogram: histogram)
        .lines(on: Terminal(width: width, hasColor: true)).map(\.visible)
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.contains { $0.hasSuffix("█ 1,600") })
      #expect(lines.map(\.count).max() ?? 0 >= width - 4)
    }
  }

  @Test func `two series are told apart by letters`() {
    let lines = TerminalHistogram(histogram: two)
      .lines(on: Terminal(width: 60, hasColor: false))
    #expect(lines[2].hasPrefix("      0 a █"))
    #expect(lines[3] == "        b 0")
    #expect(lines.last == "  a training   b test & <more>")
  }

  @Test func `the file is well-formed and has a bar for every count`() {
    for (histogram, bars) in [(one, 4), (two, 9)] {
      #expect(XMLParser(data: Data(histogram.svg.utf8)).parse())
      // The paper is a rectangle, and so are two keys in the legend.
      #expect(histogram.svg.components(separatedBy: "<rect").count - 1 == bars)
    }
  }
}
