import Testing

@testable import Lesson
@testable import Shared

@Suite struct PixelCellsTests {
  /// Black, two greys and white, in a different order in each row.
  static let four = Tensor(
    shape: [1, 4, 4, 1],
    scalars: [
      0, 1, 0, 1,
      0, 1, 1, 0,
      0, 0, 0.4, 0.4,
      0, 0, 0.4, 0.4,
    ])

  private func lines(
    _ depth: Terminal.ColorDepth, _ coloring: ImageGrid.Coloring,
    _ image: Tensor = four
  ) -> [String] {
    PixelCells(image: image, coloring: coloring, depth: depth).lines
  }

  @Test func `in true colour a half block carries two pixels`() {
    let (black, white) = ("2;0;0;0", "2;255;255;255")
    #expect(
      lines(.trueColor, .gray(0...1)) == [
        "\u{1B}[38;\(black);48;\(black)m▀\u{1B}[38;\(white);48;\(white)m▀"
          + "\u{1B}[38;\(black);48;\(white)m▀"
          + "\u{1B}[38;\(white);48;\(black)m▀\u{1B}[0m",
        "\u{1B}[38;\(black);48;\(black)m▀▀"
          + "\u{1B}[38;2;102;102;102;48;2;102;102;102m▀▀\u{1B}[0m",
      ])
  }

  @Test func `in 256 colours the nearest ones stand in`() {
    #expect(
      lines(.palette, .gray(0...1)) == [
        "\u{1B}[38;5;16;48;5;16m▀\u{1B}[38;5;231;48;5;231m▀"
          + "\u{1B}[38;5;16;48;5;231m▀\u{1B}[38;5;231;48;5;16m▀\u{1B}[0m",
        "\u{1B}[38;5;16;48;5;16m▀▀\u{1B}[38;5;241;48;5;241m▀▀\u{1B}[0m",
      ])
  }

  @Test func `without colour a letter carries two pixels`() {
    #expect(lines(.none, .gray(0...1)) == [" @++", "  =="])
  }

  @Test func `signs are letters, and the stronger of two wins`() {
    let image = Tensor(
      shape: [1, 2, 6, 1],
      scalars: [1, -1, 0.5, -0.5, 0.1, -0.6, 1, -1, 0, 0, 0, 1])
    #expect(lines(.none, .signed(1), image) == ["#=+- #"])
  }

  @Test func `blue is below zero, white is zero, red is above`() {
    let image = Tensor(shape: [1, 1, 3, 1], scalars: [-1, 0, 1])
    #expect(
      lines(.trueColor, .signed(1), image) == [
        "\u{1B}[38;2;0;0;255;49m▀\u{1B}[38;2;255;255;255;49m▀"
          + "\u{1B}[38;2;255;0;0;49m▀\u{1B}[0m"
      ])
    // xterm's table: 21 is #0000ff, 231 is #ffffff, 196 is #ff0000.
    #expect(
      lines(.palette, .signed(1), image) == [
        "\u{1B}[38;5;21;49m▀\u{1B}[38;5;231;49m▀\u{1B}[38;5;196;49m▀\u{1B}[0m"
      ])
  }

  @Test func `every palette index is the nearest colour`() {
    // xterm's table: a cube at 16, then greys 8, 18, ... 238 at 232.
    let steps = [0, 95, 135, 175, 215, 255]
    func channels(_ index: Int) -> [Int] {
      if index >= 232 {
        return Array(repeating: 8 + 10 * (index - 232), count: 3)
      }
      let cell = index - 16
      return [steps[cell / 36], steps[cell / 6 % 6], steps[cell % 6]]
    }
    for byte in UInt8.min...UInt8.max {
      let grey = channels(PixelCells.paletteIndex([byte, byte, byte]))
      #expect(abs(grey[0] - Int(byte)) <= 8, "grey \(byte)")
      let red = channels(PixelCells.paletteIndex([255, byte, byte]))
      let best = steps.map { abs($0 - Int(byte)) }.min()
      #expect(red[0] == 255 && abs(red[1] - Int(byte)) == best, "red \(byte)")
    }
  }

  @Test func `what is not a number is drawn, not a crash`() {
    let image = Tensor(shape: [1, 1, 2, 1], scalars: [.nan, .infinity])
    #expect(lines(.none, .gray(0...1), image) == [" @"])
    #expect(lines(.none, .signed(1), image).first?.count == 2)
    #expect(lines(.trueColor, .signed(1), image).first?.visible == "▀▀")
  }
}
