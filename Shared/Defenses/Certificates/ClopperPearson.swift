extension Proportion {
  /// The exact lower confidence bound of the probability behind this share.
  ///
  /// It is the p at which so many successes, or more, are so rare that they
  /// have probability α:
  ///
  ///     P(X ≥ successes) = α,  X ~ Binomial(total, p)
  ///
  /// Clopper and Pearson, "The Use of Confidence or Fiducial Limits Illustrated
  /// in the Case of the Binomial", Biometrika 26 (1934). Whatever the true
  /// probability of a success in independent trials is, in at most the share α
  /// of all experiments the bound lies above it. `interval95` is shorter, but
  /// keeps its 95 % only on average; a certificate needs a bound that holds.
  ///
  /// - Parameter alpha: How often the bound may be wrong, above 0 and at most
  ///   0.5.
  /// - Returns: The bound, from 0 (no successes) to below 1.
  public func exactLowerBound(alpha: Double) -> Double {
    precondition(
      alpha > 0 && alpha <= 0.5,
      "a lower bound may be wrong with a probability in 0...0.5, and above 0; "
        + "got \(alpha)")
    guard successes > 0 else { return 0 }
    // The tail grows with p. Where the mean is a whole number it is the median,
    // so at p = successes / total the tail is at least 1/2, and α is no more.
    var (low, high) = (0.0, value)
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { return low }
      if upperTail(middle) <= alpha { low = middle } else { high = middle }
    }
  }

  /// How probable a share at least as far from 1/2 as this one is, on either
  /// side, if 1/2 is the truth: the p-value of the exact two-sided test.
  var signTestPValue: Double {
    let more = Proportion(max(successes, total - successes), of: total)
    return min(1, 2 * more.upperTail(0.5))
  }

  /// P(X ≥ successes) for X ~ Binomial(total, p), where p is at most `value`.
  ///
  /// Neighboring terms have a simple ratio,
  ///
  ///     P(X = i + 1) / P(X = i) = (total − i) / (i + 1) · p / (1 − p)
  ///
  /// so P(X = successes) is called 1, and what the tail is worth follows from
  /// the sum of all terms. No factorial is needed, and rounding costs the last
  /// digits only, because nothing is subtracted.
  private func upperTail(_ p: Double) -> Double {
    let odds = p / (1 - p)
    // Terms fall on both sides of the largest one, which is not above
    // `successes`: once one is this small, all others together are.
    let negligible = 1e-20
    var (above, term, i) = (1.0, 1.0, successes)
    while i < total, term > above * negligible {
      term *= Double(total - i) / Double(i + 1) * odds
      above += term
      i += 1
    }
    var below = 0.0
    (term, i) = (1, successes)
    while i > 0, term > below * negligible {
      term *= Double(i) / Double(total - i + 1) / odds
      below += term
      i -= 1
    }
    // Far from the mean `below` may be infinite; then the tail is 0, as it is
    // to all digits of a Double.
    return above / (above + below)
  }
}
