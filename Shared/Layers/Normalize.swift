/// Shifts and scales pixels to mean 0 and standard deviation 1.
///
///     output = (input − mean) / standardDeviation
///
/// It is the model's first layer, not a step of data loading. So everything
/// outside the model (images, attacks, ε, the allowed range 0...1) speaks of
/// pixels, and the chain rule takes care of the factor.
public struct Normalize: Layer {
  /// The mean pixel of the training set.
  public var mean: Float
  /// The standard deviation of the pixels of the training set.
  public var standardDeviation: Float

  /// Normalization by fixed statistics; they are not learned.
  public init(mean: Float, standardDeviation: Float) {
    precondition(
      standardDeviation > 0,
      "a standard deviation is positive, got \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// There is nothing to remember: the slope is the same everywhere.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Void)
  {
    let scale = 1 / standardDeviation
    return (
      Tensor(
        shape: input.shape,
        scalars: scaledElements(
          input.scalars, count: input.count, by: scale, plus: -mean * scale)),
      ()
    )
  }

  public func inputGradient(_ outputGradient: Tensor, cache: Void) -> Tensor {
    Tensor(
      shape: outputGradient.shape,
      scalars: scaledElements(
        outputGradient.scalars, count: outputGradient.count,
        by: 1 / standardDeviation))
  }
}

extension Normalize {
  /// With the statistics of MNIST's 60,000 training images.
  public static let mnist = Normalize(mean: 0.1307, standardDeviation: 0.3081)
}
