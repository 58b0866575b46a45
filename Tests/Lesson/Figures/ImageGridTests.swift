import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ImageGridTests {
  /// What a page prints for a figure.
  private func printed(_ draw: (Page) throws -> Void) throws -> [String] {
    try withTemporaryFolder { folder in
      var text = ""
      let page = Page(
        chapter: "05-Attacks",
        options: try Options(
          ["--output", folder.path], taking: Flag.ofLesson([])),
        terminal: Terminal(width: 80, hasColor: false)
      ) { text += $0 }
      try draw(page)
      return text.components(separatedBy: "\n")
    }
  }

  @Test func `a figure is shown above its caption`() throws {
    var grid = ImageGrid()
    grid.addRow(Tensor(shape: [2, 28, 28, 1], repeating: 1), label: "all ink")
    let lines = try printed {
      try $0.figure(
        "digits", grid, caption: "two white squares.",
        alternative: "two squares")
    }
    #expect(lines[0] == "  all ink")
    let row = String(repeating: "@", count: 28)
    #expect(lines[1...14].allSatisfy { $0 == "  \(row)  \(row)" })
    #expect(lines[15] == "")
    #expect(lines[16].hasPrefix("Figure"))
  }

  @Test func `a plot is shown above its caption`() throws {
    let plot = LinePlot(
      "Loss", xLabel: "epoch", yLabel: "loss",
      series: [.init("training", points: [(1, 2), (2, 1)])])
    let lines = try printed { try $0.figure("loss", plot, caption: "falls.") }
    #expect(lines[0] == "  Loss")
    let caption = try #require(lines.firstIndex { $0.hasPrefix("Figure") })
    #expect(lines[caption - 2] == "  a training")
  }

  @Test func `a figure too tall is only named`() throws {
    var grid = ImageGrid()
    for _ in 0..<10 { grid.addRow(Tensor(shape: [12, 28, 28, 1])) }
    let lines = try printed {
      try $0.figure("all", grid, caption: "digits.", alternative: "digits")
    }
    #expect(lines.first?.hasPrefix("Figure") == true)
  }

  @Test func `what is not a number is black`() {
    #expect(ImageGrid.color(.nan, .gray(0...1)) == [0, 0, 0])
    #expect(ImageGrid.color(.infinity, .gray(0...1)) == [255, 255, 255])
  }
}
