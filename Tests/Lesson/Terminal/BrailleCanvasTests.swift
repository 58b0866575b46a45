import Testing

@testable import Lesson
@testable import Shared

@Suite struct BrailleCanvasTests {
  private func text(_ canvas: BrailleCanvas) -> [String] {
    (0..<canvas.rows).map { String(canvas.row($0).map(\.character)) }
  }

  @Test func `a diagonal sets one dot a column`() {
    var canvas = BrailleCanvas(columns: 2, rows: 1)
    canvas.line(from: (0, 0), to: (3, 3), series: 0)
    // Unicode: dots 1 and 5, dots 3 and 8.
    #expect(text(canvas) == ["\u{2811}\u{2884}"])
  }

  @Test func `all eight dots fill a cell`() {
    var canvas = BrailleCanvas(columns: 1, rows: 2)
    for y in 4..<8 { canvas.line(from: (0, y), to: (1, y), series: 0) }
    #expect(text(canvas) == [" ", "\u{28FF}"])
  }

  @Test func `what is outside is left out`() {
    var canvas = BrailleCanvas(columns: 1, rows: 1)
    canvas.line(from: (-3, -3), to: (9, 9), series: 0)
    canvas.mark(2, 0, "a", series: 0)
    #expect(text(canvas) == ["\u{2811}"])
  }

  @Test func `two letters in one place become an asterisk`() {
    var canvas = BrailleCanvas(columns: 2, rows: 1)
    canvas.mark(0, 0, "a", series: 0)
    canvas.mark(1, 3, "b", series: 1)
    canvas.mark(2, 0, "b", series: 1)
    canvas.mark(3, 0, "b", series: 1)
    #expect(text(canvas) == ["*b"])
  }
}
