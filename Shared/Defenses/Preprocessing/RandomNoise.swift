/// Adds normal noise of its own to every pixel, also in inference mode.
///
/// The same noise that `NoiseTraining` puts on training images and randomized
/// smoothing on those it is asked about; here one draw is all, and nothing is
/// certified. See `RandomLayer` for what "random" means.
///
/// Once drawn, the noise is a constant, so the slope is that of the identity:
/// exact, and that of one draw. An attacker averages:
/// `Sequential.averaged(over:seed:)`.
public struct RandomNoise: RandomLayer {
  /// The standard deviation, in pixels.
  public var sigma: Float
  public var seed: UInt64

  /// Noise of the given size; nothing is clipped, so pixels leave 0...1.
  public init(sigma: Float, seed: UInt64 = 0) {
    precondition(
      sigma >= 0 && sigma.isFinite,
      "noise has a standard deviation of 0 or more, got \(sigma)")
    self.sigma = sigma
    self.seed = seed
  }

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    let rows = (0..<input.shape[0]).map { row in
      var generator = generator(for: input.row(row))
      return noisy(Array(input.row(row)), sigma, using: &generator)
    }
    return (
      Tensor(rows: rows, of: Array(input.shape.dropFirst())), input.shape
    )
  }

  /// As it comes.
  public func inputGradient(_ outputGradient: Tensor, cache shape: [Int])
    -> Tensor
  {
    requireGradient(outputGradient, forInput: shape)
    return outputGradient
  }
}
