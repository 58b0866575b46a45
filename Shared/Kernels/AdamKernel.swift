internal import Vector

/// The numbers that stay the same for all parameters during one step of Adam.
struct AdamSettings {
  var beta1: Float
  var beta2: Float
  var epsilon: Float
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
  count: Int, _ settings: AdamSettings
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

/// Whole vectors in `Vector` operations: the compiler leaves this loop scalar,
/// with its root and its division, and that takes three times as long.
private func adamPiece(
  _ parameter: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
  count: Int, _ s: AdamSettings
) {
  let width = Int(VECTOR_WIDTH)
  var i = 0
  while i + width <= count {
    adamVector(parameter + i, gradient + i, mean + i, square + i, s)
    i += width
  }
  for i in i..<count {
    let g = scalarMultiplyAdd(s.weightDecay, parameter[i], gradient[i])
    let m = scalarMultiplyAdd(s.beta1, mean[i], (1 - s.beta1) * g)
    let v = scalarMultiplyAdd(s.beta2, square[i], (1 - s.beta2) * g * g)
    let scale = scalarMultiplyAdd(
      v.squareRoot(), s.squareCorrection, s.epsilon)
    mean[i] = m
    square[i] = v
    parameter[i] = scalarMultiplyAdd(-s.stepSize, m / scale, parameter[i])
  }
}

@inline(__always)
private func adamVector(
  _ parameter: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
  _ s: AdamSettings
) {
  @inline(__always)
  func all(_ value: Float) -> Vector { Vector(repeating: value) }
  let g = fusedMultiplyAdd(all(s.weightDecay), load(parameter), load(gradient))
  let m = fusedMultiplyAdd(
    all(s.beta1), load(mean), product(all(1 - s.beta1), g))
  let v = fusedMultiplyAdd(
    all(s.beta2), load(square), product(product(all(1 - s.beta2), g), g))
  let scale = fusedMultiplyAdd(
    squareRoot(v), all(s.squareCorrection), all(s.epsilon))
  let step = fusedMultiplyAdd(
    all(-s.stepSize), quotient(m, scale), load(parameter))
  save(m, mean)
  save(v, square)
  save(step, parameter)
}
