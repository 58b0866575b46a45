/// Makes each pixel black or white.
///
///     output = 1 if input > threshold, else 0
///
/// At 0.5 it is `BitDepth(bits: 1)`. An attack of size ε changes only the
/// pixels that lie within ε of the threshold. Handwritten digits have few of
/// those as long as ε < 0.5, so there this is more than a missing gradient. In
/// images with many shades of gray it does not help as much: pixels lie near
/// any threshold.
///
/// The slope is 0 wherever there is one; see `StraightThrough`.
public struct Thresholding: Layer {
  /// The brightest pixel that becomes black.
  public var threshold: Float

  /// Black up to the threshold, 0...1, and white above it.
  public init(at threshold: Float = 0.5) {
    precondition(
      (0...1).contains(threshold),
      "a threshold lies in 0...1, got \(threshold)")
    self.threshold = threshold
  }

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    let levels = binaryElements(
      input.scalars, count: input.count, above: threshold)
    return (Tensor(shape: input.shape, scalars: levels), input.shape)
  }

  /// Zero everywhere.
  public func inputGradient(_ outputGradient: Tensor, cache shape: [Int])
    -> Tensor
  {
    requireGradient(outputGradient, forInput: shape)
    return Tensor(shape: shape)
  }
}

private func binaryElements(
  _ source: UnsafePointer<Float>, count: Int, above threshold: Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = source[i] > threshold ? 1 : 0 }
  }
}
