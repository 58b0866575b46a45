import Foundation

/// The number below which a standard normal variable stays with probability p:
/// Φ⁻¹(p).
///
///     Φ(x) = erfc(−x / √2) / 2
///
/// It is found by halving an interval; `erfc` keeps all its digits where it is
/// tiny, so the result is right to 1e-12 for every p.
///
/// - Parameter p: A probability between 0 and 1, both excluded.
/// - Returns: A finite number, 0 for p = 1/2.
func standardNormalQuantile(_ p: Double) -> Double {
  precondition(
    p > 0 && p < 1, "a quantile needs a probability between 0 and 1, got \(p)")
  // For such p the difference is exact.
  if p > 0.5 { return -standardNormalQuantile(1 - p) }
  // Below −39, Φ is less than the smallest Double.
  var (low, high) = (-39.0, 0.0)
  for _ in 0..<64 {
    let middle = (low + high) / 2
    if erfc(-middle / 2.0.squareRoot()) / 2 <= p {
      low = middle
    } else {
      high = middle
    }
  }
  return high
}
