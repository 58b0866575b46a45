/// Projected gradient descent: many small steps, each put back inside the box.
///
///     x ← project(x + stepSize · sign(∂loss/∂x))
///
/// where `project` returns to within ε of the original image and to 0...1.
/// Madry et al., "Towards Deep Learning Models Resistant to Adversarial
/// Attacks", ICLR 2018, arXiv:1706.06083. It starts at a random point of the
/// box, because the gradient at the image itself may be misleading.
///
/// Two pieces can be replaced: where it starts, and how it returns.
public struct PGD: Attack {
  /// From images, ε and a seed to the images to start from.
  public typealias RandomStart =
    @Sendable (_ images: Tensor, _ epsilon: Epsilon, _ seed: UInt64) -> Tensor
  /// From moved images, the original ones and ε to images inside the box.
  public typealias Projection =
    @Sendable (_ moved: Tensor, _ images: Tensor, _ epsilon: Epsilon) -> Tensor

  public var epsilon: Epsilon
  /// How far one step moves each pixel.
  public var stepSize: Epsilon
  /// The number of steps.
  public var steps: Int
  /// Decides the random start; nil starts at the image.
  public var seed: UInt64?
  private let randomStart: RandomStart
  private let project: Projection

  /// The given number of steps from a random start (or none: `seed: nil`).
  public init(
    epsilon: Epsilon, stepSize: Epsilon, steps: Int, seed: UInt64? = 0,
    randomStart: @escaping RandomStart = uniformNoise,
    project: @escaping Projection = projected
  ) {
    precondition(steps > 0, "PGD takes at least one step, got \(steps)")
    self.epsilon = epsilon
    self.stepSize = stepSize
    self.steps = steps
    self.seed = seed
    self.randomStart = randomStart
    self.project = project
  }

  public func perturb(
    _ images: Tensor, labels: [Int], against model: Sequential
  ) -> Tensor {
    var current = images
    if let seed { current = randomStart(images, epsilon, seed) }
    for _ in 0..<steps {
      let gradient = model.inputGradient(of: current, labels: labels)
      let moved = current.combined(with: gradient) { pixel, gradient in
        pixel + stepSize.pixels * sign(gradient)
      }
      current = project(moved, images, epsilon)
    }
    // A projection from elsewhere may round `pixel + ε` to a hair outside.
    return projected(current, around: images, epsilon)
  }
}

/// A random point of the box: every pixel moved by something in ±ε, all
/// equally likely.
///
/// - Parameters:
///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
///   - epsilon: How far a pixel may move.
///   - seed: Decides the noise.
/// - Returns: Images inside the box, in the same shape.
public func uniformNoise(
  around images: Tensor, _ epsilon: Epsilon, seed: UInt64
) -> Tensor {
  var generator = SeededGenerator(seed: derivedSeed(seed, .attackStart))
  return images.map { pixel in
    projected(
      pixel + generator.uniform(within: epsilon.pixels), around: pixel,
      epsilon.pixels)
  }
}
