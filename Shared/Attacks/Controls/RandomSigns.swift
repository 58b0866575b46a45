/// The control: every pixel moved by +ε or −ε, decided by a coin.
///
/// It may move every pixel as far as FGSM may, and knows nothing of the model.
/// What FGSM achieves beyond this is due to the gradient. Both are cut off at
/// black and white, so one may come out a little longer than the other.
public struct RandomSigns: Attack {
  /// The largest change of any pixel.
  public var epsilon: Epsilon
  /// Decides the coins.
  public var seed: UInt64

  public var bound: Bound { .maximum(epsilon) }

  /// Random signs of size ε.
  public init(epsilon: Epsilon, seed: UInt64 = 0) {
    self.epsilon = epsilon
    self.seed = seed
  }

  public func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    var generator = SeededGenerator(seed: derivedSeed(seed, .coins))
    return images.map { pixel in
      projected(
        pixel + generator.coin() * epsilon.pixels, around: pixel,
        epsilon.pixels)
    }
  }
}
