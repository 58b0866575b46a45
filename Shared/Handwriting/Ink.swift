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
  /// What hangs together, the heaviest first.
  let pieces: [InkPiece]

  /// The box goes around what is above this level.
  ///
  /// Above nothing at all would be the same for 99.94 % of MNIST's training
  /// images, but not for a photograph.
  static let threshold: Float = 0.2

  /// So many pixels may be stronger than what counts as strongest, so a glint
  /// or a few dead pixels decide nothing.
  private static let mostOutliers = 20

  /// - Parameters:
  ///   - image: The picture.
  ///   - keepingEdges: Whether ink that reaches the border counts.
  /// - Throws: A `TutorialError` if nothing stands out clearly.
  init(in image: GrayImage, keepingEdges: Bool = true) throws {
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
    let sorted = contrasts.sorted()
    let outliers = min(sorted.count / 2000, Self.mostOutliers)
    let darkest = -sorted[outliers]
    let lightest = sorted[sorted.count - 1 - outliers]
    isDark = darkest > lightest
    let strongest = max(darkest, lightest)
    let noise = Float(paper.noise)
    // What the paper does by itself, up to three deviations, is not ink.
    let floor = 3 * noise
    let direction: Float = isDark ? -1 : 1
    levels = contrasts.map {
      min(max((direction * $0 - floor) / (strongest - floor), 0), 1)
    }
    pieces = InkPiece.take(
      from: &levels, width: width, height: height, keepingEdges: keepingEdges)
    guard strongest >= 25, strongest >= 8 * noise, !pieces.isEmpty else {
      throw TutorialError(
        "there is no clear ink: write one digit with a thick pen and leave a "
          + "margin around it")
    }
  }

  /// The part of the picture that is ink.
  var share: Double {
    Double(levels.count { $0 > Self.threshold }) / Double(levels.count)
  }

  /// The least box around all ink: its columns and rows.
  var box: (columns: Range<Int>, rows: Range<Int>) {
    pieces.dropFirst().reduce((pieces[0].columns, pieces[0].rows)) {
      ($0.0.union($1.columns), $0.1.union($1.rows))
    }
  }

  /// Whether ink comes to the border of the picture.
  var reachesBorder: Bool {
    box.columns.lowerBound == 0 || box.columns.upperBound == width
      || box.rows.lowerBound == 0 || box.rows.upperBound == height
  }

  /// Whether two heavy pieces lie side by side: two digits, as a rule.
  var isTwoDigits: Bool {
    pieces.dropFirst().contains { piece in
      piece.weight >= 0.25 * pieces[0].weight
        && !piece.columns.overlaps(pieces[0].columns)
    }
  }

  /// Whether the ink is one wide, filled box, as a sheet on a desk is.
  ///
  /// Six of MNIST's 60,000 training digits fill their box so far.
  var isSheet: Bool {
    let (columns, rows) = (pieces[0].columns.count, pieces[0].rows.count)
    let area = Double(columns * rows)
    return Double(min(columns, rows)) > 0.4 * Double(max(columns, rows))
      && pieces[0].weight > 0.7 * area
      && area > 0.25 * Double(width * height)
  }
}
