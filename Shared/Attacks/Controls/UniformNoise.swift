/// The second control: every pixel moved by something in ±ε, all equally
/// likely.
///
/// It is where PGD starts. What PGD achieves beyond this is due to its steps.
public struct UniformNoise: Attack {
  /// The largest change of any pixel.
  public var epsilon: Epsilon
  /// Decides the noise.
  public var seed: UInt64

  public var bound: Bound { .maximum(epsilon) }

  /// Noise of at most ε.
  public init(epsilon: Epsilon, seed: UInt64 = 0) {
    self.epsilon = epsilon
    self.seed = seed
  }

  public func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    uniformNoise(around: images, epsilon, seed: seed)
  }
}
