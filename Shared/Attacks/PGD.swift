/// Projected gradient descent: many small steps, each put back inside the box.
///
///     x ← project(x + stepSize · sign(∂loss/∂x))
///
/// where `project` returns to within ε of the original image and to 0...1.
/// Madry et al., "Towards Deep Learning Models Resistant to Adversarial
/// Attacks", ICLR 2018, arXiv:1706.06083. It starts at a random point of the
/// box, because the slope at the image itself may be misleading.
public struct PGD: Attack {
  public var epsilon: Epsilon
  /// How far one step moves each pixel.
  public var stepSize: Epsilon
  /// The number of steps.
  public var steps: Int
  /// Decides the random start; nil starts at the image.
  public var seed: UInt64?

  /// The given number of steps from a random start (or none: `seed: nil`).
  public init(
    epsilon: Epsilon, stepSize: Epsilon, steps: Int, seed: UInt64? = 0
  ) {
    precondition(steps > 0, "PGD takes at least one step, got \(steps)")
    self.epsilon = epsilon
    self.stepSize = stepSize
    self.steps = steps
    self.seed = seed
  }

  public func perturb(
    _ images: Tensor, labels: [Int], against model: Sequential
  ) -> Tensor {
    var current = images
    if let seed {
      current = uniformNoise(around: images, epsilon, seed: seed)
    }
    for _ in 0..<steps {
      let gradient = model.inputGradient(of: current, labels: labels)
      for i in 0..<current.count {
        current.scalars[i] = projected(
          current.scalars[i] + stepSize.pixels * sign(gradient.scalars[i]),
          around: images.scalars[i], epsilon.pixels)
      }
    }
    return current
  }
}

/// A random point of the box: every pixel moved by something in ±ε.
func uniformNoise(around images: Tensor, _ epsilon: Epsilon, seed: UInt64)
  -> Tensor
{
  var generator = SeededGenerator(seed: derivedSeed(seed, .attackStart))
  return images.map { pixel in
    projected(
      pixel + generator.uniform(within: epsilon.pixels), around: pixel,
      epsilon.pixels)
  }
}
