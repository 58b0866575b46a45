/// What a layer's outputs look like over many images.
///
/// Everything is kept for each unit: a channel of an image, or an entry of a
/// row. Sums are kept in `Double`, so that a hundred million summands lose
/// nothing that a table would show.
public struct ActivationStatistics: Sendable, Equatable {
  /// The layer.
  public let name: String
  /// The shape of the output for one image.
  public let shape: [Int]
  /// The number of images seen.
  public private(set) var images = 0
  private var sums: [Double]
  private var sumsOfSquares: [Double]
  private var minima: [Float]
  private var maxima: [Float]
  private var zeros: [Int32]

  /// Statistics of nothing yet, for outputs of the given shape.
  init(name: String, shape: [Int]) {
    self.name = name
    self.shape = shape
    let units = shape.last ?? 0
    sums = Array(repeating: 0, count: units)
    sumsOfSquares = sums
    minima = Array(repeating: .infinity, count: units)
    maxima = Array(repeating: -.infinity, count: units)
    zeros = Array(repeating: 0, count: units)
  }

  /// How many units there are: channels of an image, or entries of a row.
  public var unitCount: Int { sums.count }

  /// The mean output.
  public var mean: Double { sums.reduce(0, +) / count }

  /// The standard deviation of the outputs (divided by n, not n − 1).
  public var standardDeviation: Double {
    max(0, sumsOfSquares.reduce(0, +) / count - mean * mean).squareRoot()
  }

  /// The smallest output.
  public var minimum: Float { minima.min() ?? .infinity }

  /// The largest output.
  public var maximum: Float { maxima.max() ?? -.infinity }

  /// The share of outputs that are exactly zero, 0...1.
  public var zeroShare: Double { zeros.reduce(0) { $0 + Double($1) } / count }

  /// The number of units that no image made positive at any pixel.
  ///
  /// After a ReLU such a unit is silent on these images: it contributes nothing
  /// and no gradient passes through it. Another image may switch it on.
  public var silentUnits: Int { maxima.count { !($0 > 0) } }

  /// How many numbers were seen; 1 if none, to divide by.
  private var count: Double {
    max(1, Double(images) * Double(shape.reduce(1, *)))
  }

  /// Takes in one more batch of outputs, `[N, …]`, the last axis the units.
  mutating func add(_ output: Tensor) {
    precondition(
      Array(output.shape.dropFirst()) == shape,
      "\(name) gave \(shape) before and \(output.shape) now")
    images += output.shape[0]
    let units = unitCount
    let rows = output.count / max(units, 1)
    addSums(
      output.scalars, rows: rows, units: units, &sums, &sumsOfSquares)
    addExtremes(
      output.scalars, rows: rows, units: units, &minima, &maxima, &zeros)
  }

  /// Takes in what was seen elsewhere of the same layer.
  mutating func merge(_ other: ActivationStatistics) {
    precondition(
      name == other.name && shape == other.shape,
      "\(name) \(shape) cannot take in \(other.name) \(other.shape)")
    images += other.images
    for unit in sums.indices {
      sums[unit] += other.sums[unit]
      sumsOfSquares[unit] += other.sumsOfSquares[unit]
      minima[unit] = min(minima[unit], other.minima[unit])
      maxima[unit] = max(maxima[unit], other.maxima[unit])
      zeros[unit] += other.zeros[unit]
    }
  }
}

// Two loops over pointers, units innermost, because the compiler makes vector
// code of each: of one loop over five arrays it does not.

/// sums[u] += Σ_r x[r, u], and the same with squares.
private func addSums(
  _ x: UnsafePointer<Float>, rows: Int, units: Int,
  _ sums: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>
) {
  for row in 0..<rows {
    let x = x + row &* units
    for unit in 0..<units {
      let value = Double(x[unit])
      sums[unit] += value
      squares[unit] += value * value
    }
  }
}

/// The smallest and the largest x[r, u] of each u, and how many are zero.
private func addExtremes(
  _ x: UnsafePointer<Float>, rows: Int, units: Int,
  _ minima: UnsafeMutablePointer<Float>, _ maxima: UnsafeMutablePointer<Float>,
  _ zeros: UnsafeMutablePointer<Int32>
) {
  for row in 0..<rows {
    let x = x + row &* units
    for unit in 0..<units {
      let value = x[unit]
      minima[unit] = value < minima[unit] ? value : minima[unit]
      maxima[unit] = value > maxima[unit] ? value : maxima[unit]
      zeros[unit] &+= value == 0 ? 1 : 0
    }
  }
}
