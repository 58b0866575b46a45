/// The control: every pixel moved by +ε or −ε, decided by a coin.
///
/// It changes the image no less than FGSM does and knows nothing of the model.
/// Whatever FGSM achieves beyond this is due to the gradient.
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
