/// The control: every pixel moved by +ε or −ε, decided by a coin.
///
/// It may move every pixel as far as FGSM may, and knows nothing of the model.
/// What FGSM achieves beyond this is due to the gradient. Both are cut off at
/// black and white, so one may come out a little longer than the other.
public struct RandomSigns: Attack {
  public var epsilon: Epsilon
  /// Decides the coins.
  public var seed: UInt64

  /// Random signs of size ε.
  public init(epsilon: Epsilon, seed: UInt64 = 0) {
    self.epsilon = epsilon
    self.seed = seed
  }

  public func perturb(
    _ images: Tensor, labels: [Int], against model: Sequential
  ) -> Tensor {
    var generator = SeededGenerator(seed: derivedSeed(seed, .coins))
    return images.map { pixel in
      let step = generator.next() >> 63 == 0 ? epsilon.pixels : -epsilon.pixels
      return projected(pixel + step, around: pixel, epsilon.pixels)
    }
  }
}
