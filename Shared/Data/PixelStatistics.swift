/// How often each grey value occurs, and what follows from it.
public struct PixelStatistics: Sendable, Equatable {
  /// `counts[v]` pixels have the grey value v, 0...255.
  public let counts: [Int]

  /// Counts every pixel of a data set.
  public init(_ images: ImageSet) {
    var counts = [Int](repeating: 0, count: 256)
    for value in images.pixels { counts[Int(value)] += 1 }
    self.counts = counts
  }

  /// The number of pixels.
  public var total: Int { counts.reduce(0, +) }

  /// The mean pixel, 0...1.
  public var mean: Double {
    moment { $0 }
  }

  /// The standard deviation of the pixels, 0...1.
  public var standardDeviation: Double {
    let mean = mean
    return moment { ($0 - mean) * ($0 - mean) }.squareRoot()
  }

  /// The share of pixels whose value, 0...1, lies strictly inside a range.
  public func share(above low: Double, below high: Double) -> Double {
    moment { $0 > low && $0 < high ? 1 : 0 }
  }

  private func moment(_ function: (Double) -> Double) -> Double {
    let sum = counts.enumerated().reduce(0) { sum, entry in
      sum + function(Double(entry.offset) / 255) * Double(entry.element)
    }
    return sum / Double(total)
  }
}

extension PixelStatistics {
  /// The layer that gives such pixels mean 0 and standard deviation 1, with
  /// both rounded to four digits, as MNIST's are published.
  ///
  /// - Throws: A `TutorialError` if the pixels are all but equal.
  func normalize() throws -> Normalize {
    func rounded(_ value: Double) -> Float {
      Float((value * 10_000).rounded() / 10_000)
    }
    let deviation = rounded(standardDeviation)
    guard deviation > 0 else {
      throw TutorialError(
        "All pixels of the training images have nearly the same value, so "
          + "there is nothing to learn from; check the files.")
    }
    return Normalize(mean: rounded(mean), standardDeviation: deviation)
  }
}

extension ImageSet {
  /// How many images each class has.
  public func classCounts(of classes: Int) -> [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) {
      $0[Int($1)] += 1
    }
  }
}
