/// The numbers that stay the same for all parameters during one step of Adam.
struct AdamStep {
  var beta1: Float
  var beta2: Float
  var stabilizer: Float
  var weightDecay: Float
  /// learningRate / (1 − β₁ᵗ).
  var stepSize: Float
  /// 1 / √(1 − β₂ᵗ).
  var squareCorrection: Float
}

/// One step of Adam over one parameter; the formula stands in `Adam`.
///
/// The workers share the scalars, 16,384 at a time: all four arrays then fit
/// into a core's second-level cache.
func adamUpdate(
  _ parameter: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
  count: Int, _ settings: AdamStep
) {
  nonisolated(unsafe) let (parameter, gradient) = (parameter, gradient)
  nonisolated(unsafe) let (mean, square) = (mean, square)
  let pieces = Workers.shards(of: count, size: 16_384)
  _ = Workers.map(pieces.count) { index in
    let first = pieces[index].lowerBound
    adamPiece(
      parameter + first, gradient + first, mean + first, square + first,
      count: pieces[index].count, settings)
  }
}

private func adamPiece(
  _ parameter: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
  count: Int, _ settings: AdamStep
) {
  let s = settings
  for i in 0..<count {
    let g = gradient[i] + s.weightDecay * parameter[i]
    mean[i] = s.beta1 * mean[i] + (1 - s.beta1) * g
    square[i] = s.beta2 * square[i] + (1 - s.beta2) * g * g
    let scale = square[i].squareRoot() * s.squareCorrection + s.stabilizer
    parameter[i] -= s.stepSize * mean[i] / scale
  }
}
