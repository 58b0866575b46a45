/// Projected gradient descent: many small steps, each put back inside the ball.
///
///     x ← project(x + stepSize · direction(∂loss/∂x))
///
/// where `project` returns to within ε of the original image and to 0...1, and
/// the direction is the sign in the maximum norm, the gradient divided by its
/// length in the Euclidean one. Madry et al., "Towards Deep Learning Models
/// Resistant to Adversarial Attacks", ICLR 2018, arXiv:1706.06083. It starts at
/// a random point of the ball, because the gradient at the image itself may be
/// misleading.
///
/// Two well known attacks are settings of it. Without a random start it is BIM
/// (Kurakin et al., arXiv:1607.02533). With `momentum` 1 as well it is MI-FGSM
/// (Dong et al., CVPR 2018, arXiv:1710.06081).
///
/// Two pieces can be replaced: where it starts, and how it returns.
public struct PGD: Attack {
  /// From images, ε and a seed to the images to start from.
  public typealias RandomStart =
    @Sendable (_ images: Tensor, _ epsilon: Epsilon, _ seed: UInt64) -> Tensor
  /// From moved images, the original ones and ε to images inside the box.
  public typealias Projection =
    @Sendable (_ moved: Tensor, _ images: Tensor, _ epsilon: Epsilon) -> Tensor

  /// How far one step goes, in pixels: each pixel, or all together.
  public var stepSize: Float
  /// The number of steps.
  public var steps: Int
  /// Decides the random start; nil starts at the image.
  public var seed: UInt64?
  /// How often to start; images that have met their goal are left alone.
  public var restarts = 1
  /// How much of the last direction goes on: μ in MI-FGSM.
  public var momentum: Float = 0
  /// What it raises.
  public var loss = AttackLoss.crossEntropy
  /// Whether an image that meets its goal on the way is left as it is then.
  public var stopsAtSuccess = false
  private let ball: Ball
  private let randomStart: @Sendable (Tensor, UInt64) -> Tensor
  private let project: @Sendable (_ moved: Tensor, Tensor) -> Tensor

  public var bound: Bound { ball.bound }

  /// In the maximum norm: the given number of steps from a random start (or
  /// none: `seed: nil`).
  public init(
    epsilon: Epsilon, stepSize: Epsilon, steps: Int, seed: UInt64? = 0,
    randomStart: @escaping RandomStart = uniformNoise,
    project: @escaping Projection = projected
  ) {
    self.init(
      Ball(norm: .maximum, radius: epsilon.pixels), stepSize: stepSize.pixels,
      steps: steps, seed: seed,
      randomStart: { randomStart($0, epsilon, $1) },
      project: { project($0, $1, epsilon) })
  }

  /// In the Euclidean norm.
  ///
  /// - Parameters:
  ///   - radius: The longest change, in pixels.
  ///   - stepLength: How far one step goes.
  ///   - steps: How many.
  ///   - seed: Decides the random start; nil starts at the image.
  public init(
    radius: Float, stepLength: Float, steps: Int, seed: UInt64? = 0
  ) {
    precondition(radius >= 0, "a radius is no less than 0, got \(radius)")
    let ball = Ball(norm: .euclidean, radius: radius)
    self.init(
      ball, stepSize: stepLength, steps: steps, seed: seed,
      randomStart: {
        ball.randomStart(around: $0, seed: $1, onSurface: false)
      },
      project: { ball.projected($0, around: $1) })
  }

  private init(
    _ ball: Ball, stepSize: Float, steps: Int, seed: UInt64?,
    randomStart: @escaping @Sendable (Tensor, UInt64) -> Tensor,
    project: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) {
    precondition(steps > 0, "PGD takes at least one step, got \(steps)")
    self.ball = ball
    self.stepSize = stepSize
    self.steps = steps
    self.seed = seed
    self.randomStart = randomStart
    self.project = project
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    precondition(restarts > 0, "PGD starts at least once, got \(restarts)")
    return fromSeveralStarts(restarts, images, goals, model, loss) {
      start, images, goals, model in
      var first = images
      if let seed {
        first = randomStart(
          images, start == 0 ? seed : derivedSeed(seed, .attackStart, start))
      }
      let last = climb(from: first, images, goals, model)
      // A projection from elsewhere may round `pixel + ε` to a hair outside.
      return ball.projected(last, around: images)
    }
  }

  private func climb(
    from first: Tensor, _ images: Tensor, _ goals: [Goal],
    _ model: GradientAccess
  ) -> Tensor {
    var current = first
    var direction = Tensor(shape: images.shape)
    for _ in 0..<steps {
      let slope = model.slope(of: loss, at: current, goals: goals)
      direction = turned(direction, toward: slope.gradient)
      let moved = ball.stepped(current, along: direction, by: stepSize)
      current = stopped(
        current, at: goals, slope.logits, else: project(moved, images))
    }
    return current
  }

  /// Where images that have met their goal stay, if they shall.
  private func stopped(
    _ current: Tensor, at goals: [Goal], _ logits: Tensor, else next: Tensor
  ) -> Tensor {
    guard stopsAtSuccess else { return next }
    var result = next
    for (row, answer) in predictions(logits).enumerated()
    where goals[row].isMet(by: answer) {
      result.replaceRow(row, with: current.row(row))
    }
    return result
  }

  /// The gradient, or with momentum its sum with what is left of the last
  /// direction.
  ///
  /// MI-FGSM, equation 6, divides each gradient by the sum of its magnitudes, so
  /// that none drowns the others.
  private func turned(_ direction: Tensor, toward gradient: Tensor) -> Tensor {
    guard momentum > 0 else { return gradient }
    let divided = eachRow(of: gradient) { row in
      let magnitude = row.reduce(0) { $0 + Double(abs($1)) }
      return magnitude > 0
        ? row.map { Float(Double($0) / magnitude) } : Array(row)
    }
    return direction * momentum + divided
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
