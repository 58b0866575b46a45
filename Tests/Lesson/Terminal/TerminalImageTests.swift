import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct TerminalImageTests {
  static let terminals = [60, 80, 120].flatMap { width in
    [.none, .palette, .trueColor].map {
      Terminal(width: width, colorDepth: $0)
    }
  }

  private func grid(rows: Int, columns: Int, side: Int) -> ImageGrid {
    var grid = ImageGrid()
    for row in 0..<rows {
      let images = Tensor(
        shape: [columns, side, side, 1], repeating: Float(row % 2))
      grid.addRow(
        images, row == 1 ? .signed(1) : .gray(0...1),
        label: "row \(row) " + String(repeating: "and on ", count: 20),
        captions: (0..<columns).map { "the picture number \($0) of them" })
    }
    return grid
  }

  @Test(arguments: terminals)
  func `no line is wider than the terminal`(terminal: Terminal) {
    for (columns, side) in [(10, 28), (8, 3), (16, 14), (1, 28), (3, 7)] {
      let image = TerminalImage(
        grid: grid(rows: 3, columns: columns, side: side))
      for line in image.lines(on: terminal) + image.excerpt(on: terminal) {
        #expect(line.visible.count <= terminal.width)
      }
    }
  }

  @Test func `a row that does not fit goes on below`() {
    let image = TerminalImage(grid: grid(rows: 2, columns: 3, side: 28))
    let lines = image.lines(on: Terminal(width: 80, hasColor: true))
    // Two digits fit; label, 14 lines and a caption for each of two rows, a
    // blank between rows, a blank between the parts.
    #expect(lines.count == 2 * (2 * 16 + 1) + 1)
    #expect(lines[1].visible == "  " + block(28) + "  " + block(28))
    #expect(lines[35].visible == "  " + block(28))
    #expect(lines[15].visible.hasPrefix("  the picture number 0 of them  "))
  }

  @Test func `small pictures are enlarged as far as the row fits`() {
    let image = TerminalImage(grid: grid(rows: 1, columns: 8, side: 3))
    #expect(image.enlargement(on: Terminal(width: 60, hasColor: true)) == 1)
    #expect(image.enlargement(on: Terminal(width: 80, hasColor: true)) == 2)
    #expect(image.enlargement(on: Terminal(width: 120, hasColor: true)) == 4)
  }

  @Test func `a grid too tall shows some of its columns or nothing`() {
    let terminal = Terminal(width: 80, hasColor: false)
    let tall = TerminalImage(grid: grid(rows: 3, columns: 10, side: 28))
    let excerpt = tall.excerpt(on: terminal)
    #expect((40...55).contains(excerpt.count))
    #expect(excerpt.contains { $0.contains("first 2 of 10;") })
    let taller = TerminalImage(grid: grid(rows: 10, columns: 12, side: 28))
    #expect(taller.excerpt(on: terminal) == [])
    #expect(TerminalImage(grid: ImageGrid()).lines(on: terminal) == [])
  }

  @Test func `a row of many goes on below, here and in the file`() {
    var grid = ImageGrid(columns: 8)
    grid.addRow(Tensor(shape: [20, 3, 3, 1]))
    let lines = TerminalImage(grid: grid)
      .lines(on: Terminal(width: 80, hasColor: true)).map(\.visible)
    let row = Array(repeating: block(6), count: 8).joined(separator: "  ")
    #expect(lines[0] == "  " + row)
    // Three rows of three lines and two blanks.
    #expect(lines.count == 11)
    let png = grid.png(scale: 2, gap: 4)
    // A picture of 6 pixels and a gap of 4, and a gap at the end.
    #expect(png.width == 84)
    #expect(png.height == 34)
  }

  /// Six channels in four versions, the last of them signed.
  private func changes(side: Int) -> ImageGrid {
    var grid = ImageGrid(columns: 4)
    grid.headings = ["clean", "random signs", "FGSM", "difference"]
    grid.keepsRowsWhole = true
    for _ in 0..<6 {
      grid.addRow(
        Tensor(shape: [4, side, side, 1], repeating: 1),
        colorings: [.gray(0...1), .gray(0...1), .gray(0...1), .signed(1)])
    }
    return grid
  }

  @Test(arguments: [(14, 80), (28, 80), (28, 120)])
  func `rows that stay whole are halved if they do not fit`(
    side: Int, width: Int
  ) {
    let lines = TerminalImage(grid: changes(side: side))
      .excerpt(on: Terminal(width: width, hasColor: true)).map(\.visible)
    // A line of headings, six rows of seven lines, a blank between rows.
    #expect(lines.count == 1 + 6 * 7 + 5)
    let row = Array(repeating: block(14), count: 4).joined(separator: "  ")
    #expect(lines[1] == "  " + row)
    let gap = String(repeating: " ", count: 4)
    #expect(
      lines[0].hasPrefix("  clean           random signs\(gap)FGSM  "))
  }

  @Test func `halved once, and then the first columns have to do`() {
    let terminal = Terminal(width: 60, hasColor: false)
    let lines = TerminalImage(grid: changes(side: 28)).excerpt(on: terminal)
    #expect(lines.contains { $0.contains("first 3 of 4;") })
    #expect(lines.allSatisfy { $0.count <= 60 })
    let signs = lines.last ?? ""
    #expect(signs.contains("above zero"))
  }

  @Test func `each picture of a row has its own colouring`() {
    let lines = TerminalImage(grid: changes(side: 14))
      .excerpt(on: Terminal(width: 80, hasColor: false))
    let white = String(repeating: "@", count: 14)
    let positive = String(repeating: "#", count: 14)
    #expect(lines[1] == "  \(white)  \(white)  \(white)  \(positive)")
  }

  @Test func `a terminal may show fewer pictures than the file`() {
    var grid = ImageGrid(columns: 16)
    grid.excerptLimit = 6
    grid.addRow(Tensor(shape: [64, 14, 14, 1]))
    let lines = TerminalImage(grid: grid)
      .excerpt(on: Terminal(width: 80, hasColor: true)).map(\.visible)
    // Five would fit side by side; three and three look better.
    #expect(lines.count == 7 + 1 + 7 + 2)
    let row = Array(repeating: block(14), count: 3).joined(separator: "  ")
    #expect(lines[0] == "  " + row && lines[8] == "  " + row)
    #expect(lines.last?.contains("first 6 of 64;") == true)
    #expect(grid.png(scale: 1, gap: 0).height == 4 * 14)
    grid.excerptLimit = 0
    #expect(
      TerminalImage(grid: grid)
        .excerpt(on: Terminal(width: 80, hasColor: true)).isEmpty)
  }

  @Test func `kitty gets the whole grid as one file`() throws {
    let terminal = Terminal(width: 60, colorDepth: .trueColor, images: .kitty)
    let image = TerminalImage(grid: grid(rows: 10, columns: 12, side: 28))
    let lines = image.excerpt(on: terminal)
    #expect(lines.count { $0.contains("\u{1B}_Ga=T,f=100,") } == 1)
    #expect(lines.allSatisfy { $0.visible.count <= 60 })
  }

  private func block(_ count: Int) -> String {
    String(repeating: "▀", count: count)
  }
}
