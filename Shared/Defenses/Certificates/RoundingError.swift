/// How far what `Float` computes may be from what is meant.
///
/// Every operation rounds: its result is the exact one times 1 + δ, where |δ|
/// is at most u = 2⁻²⁴. In Σ wᵢ xᵢ + b with n products, each product is rounded
/// once (in a fused multiply-add not even that) and then takes part in at most
/// n additions that round, whatever their order: to add zero is exact. So every
/// term ends with at most n + 1 factors 1 + δ, and
///
///     |computed − exact| ≤ γ(n + 1) · (Σ |wᵢ| |xᵢ| + |b|)
///     γ(k) = k u ∕ (1 − k u)
///
/// Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition, SIAM
/// 2002, section 3.1. The factors 1 + δ are all there is unless a result is too
/// large (`AffineBounds` looks for that) or too small (`underflow`).
enum RoundingError {
  /// γ(k); infinite where a bound by so many roundings would be of no use.
  static func gamma(_ roundings: Int) -> Double {
    let sum = Double(roundings) * 0x1p-24
    return sum < 0.5 ? sum / (1 - sum) : .infinity
  }

  /// More than underflow can change in several sums of so many products.
  ///
  /// A product too small for the full precision of a `Float` is off by up to
  /// 2⁻¹⁵⁰ more; sums have no such error, because underflow is gradual.
  static func underflow(_ products: Int) -> Double {
    Double(products + 2) * 0x1p-120
  }
}
