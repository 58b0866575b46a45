/// The level of the empty paper, as a plane through a picture's border.
///
/// Light falls on a sheet unevenly, but softly. The plane is fitted by least
/// squares to the outermost pixels, then again to the half that fits best, as
/// in least trimmed squares (Rousseeuw 1984): ink at the border does not tilt
/// it.
struct Paper {
  /// The level in the middle, and its change to the right and lower edge.
  private var middle = 0.0
  private var across = 0.0
  private var down = 0.0
  private let width: Int
  private let height: Int
  /// The standard deviation of the paper around the plane, in levels: grain,
  /// noise of the camera, and what is left of the light.
  private(set) var noise = 0.0

  private struct Sample {
    var x: Double
    var y: Double
    var level: Double
  }

  init(of image: GrayImage) {
    width = image.width
    height = image.height
    let border = Self.border(of: image)
    var trusted = border
    for _ in 0..<6 {
      fit(to: trusted)
      let errors = border.map { abs($0.level - level($0.x, $0.y)) }
      let typical = errors.sorted()[errors.count / 2]
      // The median of a normal distribution's sizes is 0.6745 deviations.
      noise = typical / 0.6745
      trusted = zip(border, errors).filter { $1 <= typical }.map(\.0)
    }
  }

  /// The level of the paper at a pixel.
  func level(column: Int, row: Int) -> Float {
    Float(level(Self.place(column, of: width), Self.place(row, of: height)))
  }

  private func level(_ x: Double, _ y: Double) -> Double {
    middle + across * x + down * y
  }

  /// −1 at the first pixel, 1 at the last.
  private static func place(_ index: Int, of count: Int) -> Double {
    2 * Double(index) / Double(max(count - 1, 1)) - 1
  }

  private static func border(of image: GrayImage) -> [Sample] {
    let (width, height) = (image.width, image.height)
    let places =
      (0..<width).flatMap { [($0, 0), ($0, height - 1)] }
      + (0..<height).flatMap { [(0, $0), (width - 1, $0)] }
    return places.map { column, row in
      Sample(
        x: place(column, of: width), y: place(row, of: height),
        level: Double(image.levels[row * width + column]))
    }
  }

  /// Least squares for three unknowns, by Gauss's elimination.
  private mutating func fit(to samples: [Sample]) {
    // One row of each normal equation: three factors and the right side.
    var rows = Array(repeating: [0.0, 0, 0, 0], count: 3)
    for sample in samples {
      let terms = [1, sample.x, sample.y, sample.level]
      for i in 0..<3 {
        for j in 0..<4 { rows[i][j] += terms[i] * terms[j] }
      }
    }
    // Where the samples leave a slope open, it is 0.
    for i in 1..<3 { rows[i][i] += 1e-9 * Double(samples.count) }
    for i in 0..<3 {
      for k in 0..<3 where k != i {
        let factor = rows[k][i] / rows[i][i]
        for j in i..<4 { rows[k][j] -= factor * rows[i][j] }
      }
    }
    middle = rows[0][3] / rows[0][0]
    across = rows[1][3] / rows[1][1]
    down = rows[2][3] / rows[2][2]
  }
}
