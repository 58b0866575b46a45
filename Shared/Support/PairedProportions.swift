/// Two shares of the same images: which images the one counts, and which the
/// other.
///
/// Whoever compares two models on the same images may use that they are the
/// same: what both read or both misread says nothing about the difference, and
/// the others decide it. That is sharper than to compare two intervals.
public struct PairedProportions: Sendable, Equatable {
  /// Counted by both, by one only, by neither.
  public let both, onlyFirst, onlySecond, neither: Int

  /// The four counts.
  public init(both: Int, onlyFirst: Int, onlySecond: Int, neither: Int) {
    let counts = [both, onlyFirst, onlySecond, neither]
    precondition(
      counts.allSatisfy { $0 >= 0 } && counts.contains { $0 > 0 },
      "\(counts) do not count images")
    self.both = both
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  /// What two models make of the same images, one after the other.
  public init(_ first: [Bool], _ second: [Bool]) {
    precondition(
      first.count == second.count,
      "\(first.count) and \(second.count) images are not the same")
    let pairs = Array(zip(first, second))
    self.init(
      both: pairs.count { $0 && $1 }, onlyFirst: pairs.count { $0 && !$1 },
      onlySecond: pairs.count { !$0 && $1 },
      neither: pairs.count { !$0 && !$1 })
  }

  /// The number of images.
  public var total: Int { both + onlyFirst + onlySecond + neither }

  /// How far the first share lies above the second, −1...1.
  public var lead: Double {
    Double(onlyFirst - onlySecond) / Double(total)
  }

  /// The 95 % confidence interval of the lead.
  ///
  /// Newcombe, "Improved confidence intervals for the difference between
  /// binomial proportions based on paired data", Statistics in Medicine 17
  /// (1998) 2635–2650, method 10. Like every interval of its kind it covers the
  /// luck of drawing these images, not that of training these models.
  public var lead95: ClosedRange<Double> {
    let first = Proportion(both + onlyFirst, of: total)
    let second = Proportion(both + onlySecond, of: total)
    func side(_ one: Double, _ other: Double) -> Double {
      (one * one - 2 * correlation * one * other + other * other).squareRoot()
    }
    let below = side(
      first.value - first.interval95.lowerBound,
      second.interval95.upperBound - second.value)
    let above = side(
      first.interval95.upperBound - first.value,
      second.value - second.interval95.lowerBound)
    return lead - below...lead + above
  }

  /// How strongly the two go together, −1...1, with Newcombe's correction for
  /// continuity.
  private var correlation: Double {
    let margins = [
      both + onlyFirst, onlySecond + neither, both + onlySecond,
      onlyFirst + neither,
    ].reduce(1.0) { $0 * Double($1) }
    guard margins > 0 else { return 0 }
    let excess =
      Double(both) * Double(neither) - Double(onlyFirst) * Double(onlySecond)
    let half = Double(total) / 2
    let corrected = excess > half ? excess - half : min(excess, 0)
    return corrected / margins.squareRoot()
  }
}
