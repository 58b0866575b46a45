// Plain loops over pointers, as in `ElementwiseKernels.swift`.

/// (left + right) · scale and (left − right) · scale.
func sumsAndDifferences(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, count: Int,
  scaledBy scale: Float
) -> (sums: [Float], differences: [Float]) {
  let sums = uninitialized(count) { result in
    for i in 0..<count { result[i] = (left[i] + right[i]) * scale }
  }
  let differences = uninitialized(count) { result in
    for i in 0..<count { result[i] = (left[i] - right[i]) * scale }
  }
  return (sums, differences)
}

/// The ends of [x − ε, x + ε], clipped to 0...1.
func clippedEnds(
  _ pixels: UnsafePointer<Float>, count: Int, epsilon: Float
) -> (upper: [Float], lower: [Float]) {
  let upper = uninitialized(count) { result in
    for i in 0..<count {
      let end = pixels[i] + epsilon
      result[i] = end < 1 ? end : 1
    }
  }
  let lower = uninitialized(count) { result in
    for i in 0..<count {
      let end = pixels[i] - epsilon
      result[i] = end > 0 ? end : 0
    }
  }
  return (upper, lower)
}

/// |x|.
func withoutSigns(_ source: UnsafePointer<Float>, count: Int) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = source[i] < 0 ? -source[i] : source[i] }
  }
}

/// target += sign(weight) · gradient, where the sign of zero is zero.
func addWithSigns(
  of weights: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>,
  count: Int, to target: UnsafeMutablePointer<Float>
) {
  for i in 0..<count {
    let (weight, slope) = (weights[i], gradient[i])
    target[i] += weight > 0 ? slope : weight < 0 ? -slope : 0
  }
}
