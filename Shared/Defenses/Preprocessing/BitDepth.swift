/// Leaves each pixel so many bits: rounds it to the nearest of 2^bits levels.
///
///     output = round(input · (2^bits − 1)) / (2^bits − 1)
///
/// Xu, Evans and Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep
/// Neural Networks", NDSS 2018, arXiv:1704.01155. Halfway between two levels,
/// where no pixel of an 8-bit image lies, the even one is taken, as by
/// `numpy.rint` in the authors' program.
///
/// The slope is 0 wherever there is one, and 0 is what an attack gets that
/// follows the gradient: it stays where it is. That hides the way and does not
/// close it; see `StraightThrough`.
public struct BitDepth: Layer {
  /// How many bits are left of a pixel, 1...8.
  public var bits: Int

  /// Rounding to 2^bits levels.
  public init(bits: Int) {
    precondition(
      (1...8).contains(bits), "a pixel keeps 1 to 8 bits, got \(bits)")
    self.bits = bits
  }

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    let levels = roundedElements(
      input.scalars, count: input.count, steps: Float((1 << bits) - 1))
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

private func roundedElements(
  _ source: UnsafePointer<Float>, count: Int, steps: Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      result[i] = (source[i] * steps).rounded(.toNearestOrEven) / steps
    }
  }
}
