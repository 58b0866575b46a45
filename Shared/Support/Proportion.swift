/// So many out of so many, and how sure that makes us.
public struct Proportion: Sendable, Equatable {
  /// How many succeeded.
  public var successes: Int
  /// Out of how many.
  public var total: Int

  /// `successes` out of `total`.
  public init(_ successes: Int, of total: Int) {
    precondition(
      total > 0 && (0...total).contains(successes),
      "\(successes) of \(total) is not a proportion")
    self.successes = successes
    self.total = total
  }

  /// The proportion that a stored share stands for; nil if it stands for none.
  package init?(_ share: Double, of total: Int) {
    guard (0...1).contains(share), (1...1_000_000).contains(total) else {
      return nil
    }
    self.init(Int((share * Double(total)).rounded()), of: total)
  }

  /// The share, 0...1.
  public var value: Double { Double(successes) / Double(total) }

  /// The 95 % confidence interval by Wilson's score method, 0...1.
  ///
  /// Wilson, "Probable Inference, the Law of Succession, and Statistical
  /// Inference", JASA 22 (1927). It stays inside 0...1 and is right near both
  /// ends, where the textbook ± formula fails. It covers the luck of drawing
  /// these images, not the luck of training this model.
  public var interval95: ClosedRange<Double> {
    let (n, z) = (Double(total), 1.959964)
    let center = (value + z * z / (2 * n)) / (1 + z * z / n)
    let spread = value * (1 - value) / n + z * z / (4 * n * n)
    let margin = z * spread.squareRoot() / (1 + z * z / n)
    // Rounding must not push an end at 0 or 1 past the share itself.
    let lower = successes == 0 ? 0 : max(0, center - margin)
    let upper = successes == total ? 1 : min(1, center + margin)
    return lower...upper
  }
}

extension Proportion {
  /// The 95 % confidence interval of how far this share lies above another one
  /// that was found on other images, −1...1.
  ///
  /// Newcombe, "Interval estimation for the difference between independent
  /// proportions", Statistics in Medicine 17 (1998), method 10. Two intervals
  /// may overlap although this one does not hold 0.
  public func lead95(over other: Proportion) -> ClosedRange<Double> {
    let difference = value - other.value
    let (own, others) = (interval95, other.interval95)
    func length(_ one: Double, _ two: Double) -> Double {
      (one * one + two * two).squareRoot()
    }
    let below = length(
      value - own.lowerBound, others.upperBound - other.value)
    let above = length(
      own.upperBound - value, other.value - others.lowerBound)
    return difference - below...difference + above
  }
}

extension Proportion: Encodable {
  /// As the share, 0...1.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
