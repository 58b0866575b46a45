/// A canvas of dots in the terminal: 2 × 4 to a character, by the braille
/// patterns of Unicode (block U+2800), with letters on top.
///
/// Dots are counted from the upper left, x to the right and y down.
struct BrailleCanvas {
  /// Characters across and down.
  let columns: Int
  let rows: Int
  private var cells: [Cell]

  /// One character.
  struct Cell: Equatable {
    /// The dots; bit 0 is the first of Unicode's eight.
    var dots: UInt8 = 0
    /// What stands there instead of dots.
    var letter: Character?
    /// What was drawn here last; nil if nothing was.
    var series: Int?

    var character: Character {
      if let letter { return letter }
      guard dots != 0 else { return " " }
      return Character(UnicodeScalar(0x2800 + UInt32(dots)) ?? " ")
    }
  }

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Cell(), count: columns * rows)
  }

  /// The characters of one row.
  func row(_ index: Int) -> ArraySlice<Cell> {
    cells[index * columns..<(index + 1) * columns]
  }

  /// Sets a dot, unless it is outside.
  mutating func dot(_ x: Int, _ y: Int, series: Int) {
    // Unicode numbers the lowest two dots last.
    let bits: [[UInt8]] = [[0, 3], [1, 4], [2, 5], [6, 7]]
    guard let cell = cell(x, y) else { return }
    cells[cell].dots |= 1 << bits[y % 4][x % 2]
    cells[cell].series = series
  }

  /// Sets the dots of a straight line, both ends included.
  mutating func line(
    from a: (x: Int, y: Int), to b: (x: Int, y: Int), series: Int
  ) {
    let steps = max(abs(b.x - a.x), abs(b.y - a.y), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      dot(
        a.x + Int((Double(b.x - a.x) * share).rounded()),
        a.y + Int((Double(b.y - a.y) * share).rounded()), series: series)
    }
  }

  /// Puts a letter over the dots around a dot; `*` if another series is there.
  mutating func mark(_ x: Int, _ y: Int, _ letter: Character, series: Int) {
    guard let cell = cell(x, y) else { return }
    let isTaken = (cells[cell].letter ?? letter) != letter
    cells[cell].letter = isTaken ? "*" : letter
    cells[cell].series = isTaken ? nil : series
  }

  private func cell(_ x: Int, _ y: Int) -> Int? {
    guard x >= 0, y >= 0, x < columns * 2, y < rows * 4 else { return nil }
    return y / 4 * columns + x / 2
  }
}
