/// How much ink is on each pixel of a picture, whatever its paper looks like.
struct Ink {
  /// Columns.
  let width: Int
  /// Rows.
  let height: Int
  /// Row after row, from 0, paper, to 1, the strongest ink.
  private(set) var levels: [Float]
  /// Whether the ink is darker than the paper.
  let isDark: Bool

  /// The box goes around what is above this level.
  ///
  /// Above nothing at all would be the same for 99.94 % of MNIST's training
  /// images, but not for a photograph.
  private static let threshold: Float = 0.2

  /// A soft edge goes down to this level.
  private static let faintest: Float = 0.05

  /// - Throws: A `TutorialError` if nothing stands out clearly.
  init(in image: GrayImage) throws {
    width = image.width
    height = image.height
    let paper = Paper(of: image)
    var contrasts: [Float] = []
    contrasts.reserveCapacity(image.levels.count)
    for row in 0..<height {
      for column in 0..<width {
        contrasts.append(
          Float(image.levels[row * width + column])
            - paper.level(column: column, row: row))
      }
    }
    // One pixel in 2,000 may be stronger than what counts as strongest, so a
    // glint or a dead pixel decides nothing.
    let sorted = contrasts.sorted()
    let outliers = sorted.count / 2000
    let darkest = -sorted[outliers]
    let lightest = sorted[sorted.count - 1 - outliers]
    isDark = darkest > lightest
    let strongest = max(darkest, lightest)
    let noise = Float(paper.noise)
    guard strongest >= 25, strongest >= 8 * noise else {
      throw TutorialError(
        "there is no clear ink: write one digit with a thick pen and leave a "
          + "margin around it")
    }
    // What the paper does by itself, up to three deviations, is not ink.
    let floor = 3 * noise
    let direction: Float = isDark ? -1 : 1
    levels = contrasts.map {
      min(max((direction * $0 - floor) / (strongest - floor), 0), 1)
    }
    removeSpecks()
    let share =
      Double(levels.count { $0 > Self.threshold })
      / Double(levels.count)
    guard share < 0.5 else {
      throw TutorialError(
        "\(share.percent(0)) of the picture differs from its border: cut it to "
          + "one digit on plain paper, with a margin")
    }
  }

  /// The least box around all ink: its columns and rows.
  var box: (columns: Range<Int>, rows: Range<Int>) {
    var (left, right, top, bottom) = (width, 0, height, 0)
    for row in 0..<height {
      for column in 0..<width
      where levels[row * width + column] > Self.threshold {
        left = min(left, column)
        right = max(right, column + 1)
        top = min(top, row)
        bottom = max(bottom, row + 1)
      }
    }
    return (left..<right, top..<bottom)
  }

  /// Keeps connected ink that weighs at least 2 % of the heaviest.
  private mutating func removeSpecks() {
    let (pieces, weights) = connectedPieces()
    let least = 0.02 * (weights.max() ?? 0)
    for pixel in levels.indices {
      let piece = pieces[pixel]
      if piece < 0 || weights[piece] < least { levels[pixel] = 0 }
    }
  }

  /// Which piece of ink each pixel belongs to, −1 for none, and their weights.
  ///
  /// Pixels that touch, even at a corner, are one piece, and the soft edge is
  /// part of it. The edge has no weight: a faint shadow must not outweigh the
  /// digit.
  private func connectedPieces() -> (pieces: [Int], weights: [Float]) {
    var pieces = [Int](repeating: -1, count: levels.count)
    var weights: [Float] = []
    var open: [Int] = []
    for start in levels.indices
    where pieces[start] < 0 && levels[start] > Self.faintest {
      let piece = weights.count
      weights.append(0)
      pieces[start] = piece
      open.append(start)
      while let pixel = open.popLast() {
        if levels[pixel] > Self.threshold { weights[piece] += levels[pixel] }
        let (row, column) = (pixel / width, pixel % width)
        for y in max(row - 1, 0)...min(row + 1, height - 1) {
          for x in max(column - 1, 0)...min(column + 1, width - 1) {
            let next = y * width + x
            if pieces[next] < 0, levels[next] > Self.faintest {
              pieces[next] = piece
              open.append(next)
            }
          }
        }
      }
    }
    return (pieces, weights)
  }
}
