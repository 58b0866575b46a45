/// Ink that hangs together.
struct InkPiece {
  /// The least box around it.
  private(set) var columns: Range<Int>
  private(set) var rows: Range<Int>
  /// The sum of its levels.
  private(set) var weight = 0.0

  /// A soft edge goes down to this level.
  private static let faintest: Float = 0.05

  /// Finds the pieces and clears all other ink.
  ///
  /// Pixels that touch, even at a corner, are one piece, and the soft edge is
  /// part of it. The edge has no weight: a faint shadow must not outweigh the
  /// digit. A piece of less than 2 % of the heaviest is a speck.
  ///
  /// - Parameters:
  ///   - levels: The ink of each pixel, row after row.
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - keepingEdges: Whether pieces that reach the border count.
  /// - Returns: The pieces, the heaviest first.
  static func take(
    from levels: inout [Float], width: Int, height: Int, keepingEdges: Bool
  ) -> [InkPiece] {
    var (numbers, pieces) = connected(levels, width: width, height: height)
    if !keepingEdges {
      for index in pieces.indices
      where pieces[index].reachesBorder(width: width, height: height) {
        pieces[index].weight = 0
      }
    }
    let heaviest = pieces.map(\.weight).max() ?? 0
    func counts(_ piece: InkPiece) -> Bool {
      piece.weight > 0 && piece.weight >= 0.02 * heaviest
    }
    for pixel in levels.indices
    where numbers[pixel] < 0 || !counts(pieces[numbers[pixel]]) {
      levels[pixel] = 0
    }
    return pieces.filter(counts).sorted { $0.weight > $1.weight }
  }

  /// Which piece each pixel belongs to, −1 for none, and the pieces.
  private static func connected(_ levels: [Float], width: Int, height: Int)
    -> (numbers: [Int], pieces: [InkPiece])
  {
    var numbers = [Int](repeating: -1, count: levels.count)
    var pieces: [InkPiece] = []
    var open: [Int] = []
    for start in levels.indices
    where numbers[start] < 0 && levels[start] > faintest {
      let number = pieces.count
      var piece = InkPiece(columns: 0..<0, rows: 0..<0)
      numbers[start] = number
      open.append(start)
      while let pixel = open.popLast() {
        let (row, column) = (pixel / width, pixel % width)
        piece.add(levels[pixel], column: column, row: row)
        for y in max(row - 1, 0)...min(row + 1, height - 1) {
          for x in max(column - 1, 0)...min(column + 1, width - 1) {
            let next = y * width + x
            if numbers[next] < 0, levels[next] > faintest {
              numbers[next] = number
              open.append(next)
            }
          }
        }
      }
      pieces.append(piece)
    }
    return (numbers, pieces)
  }

  private mutating func add(_ level: Float, column: Int, row: Int) {
    guard level > Ink.threshold else { return }
    weight += Double(level)
    columns = columns.union(column..<column + 1)
    rows = rows.union(row..<row + 1)
  }

  private func reachesBorder(width: Int, height: Int) -> Bool {
    columns.contains(0) || columns.contains(width - 1) || rows.contains(0)
      || rows.contains(height - 1)
  }
}

extension Range<Int> {
  /// The least range that holds both.
  func union(_ other: Range) -> Range {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Swift.min(
      lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
