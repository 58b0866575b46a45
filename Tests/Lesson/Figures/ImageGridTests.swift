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

  @Test func `grey and signed pictures stand in one row`() {
    var grid = ImageGrid()
    let images = Tensor(shape: [2, 1, 1, 1], scalars: [0.5, -1])
    grid.addRow(images, colorings: [.gray(0...1), .signed(1)])
    let png = grid.png(scale: 1, gap: 0)
    #expect(png.channels == 3)
    #expect(png.bytes == [128, 128, 128, 0, 0, 255])
    var gray = ImageGrid()
    gray.addRow(images)
    #expect(gray.png(scale: 1, gap: 0).bytes == [128, 0])
  }

  @Test func `half the size is the mean of two by two`() {
    var grid = ImageGrid()
    grid.keepsRowsWhole = true
    grid.addRow(
      Tensor(shape: [1, 3, 3, 1], scalars: (0..<9).map(Float.init)))
    let half = grid.halved
    #expect(half.rows[0].images.shape == [1, 2, 2, 1])
    // 0, 1, 3, 4 · 2, 5 · 6, 7 · 8.
    #expect(half.rows[0].images.scalars == [2, 3.5, 6.5, 8])
    #expect(!half.keepsRowsWhole)
  }

  @Test func `what is not a number is black`() {
    #expect(ImageGrid.color(.nan, .gray(0...1)) == [0, 0, 0])
    #expect(ImageGrid.color(.infinity, .gray(0...1)) == [255, 255, 255])
  }
}
