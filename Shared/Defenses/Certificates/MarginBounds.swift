/// How far, at least, the right class's logit lies above each other one, behind
/// a last linear layer.
///
/// The difference of two logits is linear in the layer's input,
///
///     z_y − z_j = (w_y − w_j) x + b_y − b_j
///
/// and is bounded as that: each x goes to the end of its interval where the
/// product is smaller. To subtract the bounds of the two logits would let one x
/// be at both its ends. Gowal et al. 2018, arXiv:1810.12715, section 3.
///
/// The logits that a network computes are off by γ(n + 1) e, where e_k =
/// |w_k| m + |b_k|, m is the largest |x| and n the number of products, by the
/// argument of `RoundingError`. So γ (e_y + e_j) is taken away. γ is γ(n + 2)
/// here: what it has too much, 2⁻²⁴ (e_y + e_j) and more, is larger than the
/// error of this computation, which makes fewer than 4n + 20 roundings to
/// `Double`, of 2⁻⁵³ each.
struct MarginBounds: Sendable {
  /// The number of logits.
  let classes: Int
  private let inputs: Int
  private let weights: [Double]
  private let bias: [Double]
  private let gamma: Double

  init(_ layer: Linear) {
    (classes, inputs) = (layer.weight.shape[0], layer.weight.shape[1])
    weights = layer.weight.scalars.map(Double.init)
    bias = layer.bias.scalars.map(Double.init)
    gamma = RoundingError.gamma(inputs + 2)
  }

  /// The smallest bound over all other classes.
  ///
  /// - Parameters:
  ///   - box: What the layer may get, `[n, inputs]`.
  ///   - row: Which of the n.
  ///   - label: The right class.
  /// - Returns: What the lead over every other class is no less than; −∞ where
  ///   numbers are too large or none.
  func lowest(_ box: IntervalBounds, row: Int, label: Int) -> Double {
    let lower: [Double] = box.lower.row(row).map(Double.init)
    let upper: [Double] = box.upper.row(row).map(Double.init)
    let errors = (0..<classes).map { error(of: $0, lower, upper) }
    var lowest = Double.infinity
    for other in 0..<classes where other != label {
      let error = errors[label] + errors[other]
      // Larger numbers might overflow in the network; not-a-number fails too.
      guard error < 0x1p80 else { return -.infinity }
      lowest = min(lowest, difference(label, other, lower, upper) - error)
    }
    return lowest
  }

  /// γ (|w_k| m + |b_k|), and what underflow may do.
  private func error(of k: Int, _ lower: [Double], _ upper: [Double]) -> Double
  {
    let row = k * inputs
    var sum = abs(bias[k])
    for i in 0..<inputs {
      sum += abs(weights[row + i]) * max(-lower[i], upper[i])
    }
    return gamma * sum + RoundingError.underflow(inputs)
  }

  /// The least (w_y − w_j) x + b_y − b_j.
  private func difference(
    _ y: Int, _ j: Int, _ lower: [Double], _ upper: [Double]
  ) -> Double {
    let (own, other) = (y * inputs, j * inputs)
    var sum = bias[y] - bias[j]
    for i in 0..<inputs {
      let slope = weights[own + i] - weights[other + i]
      sum += slope * (slope < 0 ? upper[i] : lower[i])
    }
    return sum
  }
}
