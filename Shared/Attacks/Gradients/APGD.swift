/// Auto-PGD: projected gradient descent that finds its step size by itself.
///
///     z ← project(x + η · direction(∂loss/∂x))
///     x ← project(x + α · (z − x) + (1 − α) · (x − last x))
///
/// The first steps are 2ε long, from one side of the ball to the other. At some
/// checkpoints every image looks back. If too few of its steps have raised the
/// loss, it returns to its best point and goes on with steps of half the size:
/// first it explores, then it searches where it is best. Nothing is left to be
/// tuned but the number of steps. Croce and Hein, "Reliable Evaluation of
/// Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks",
/// ICML 2020, arXiv:2003.01690, Algorithm 1.
///
/// An image that meets its goal on the way stays as it is then, and is asked
/// about no more. One that does not comes back at its best point.
public struct APGD: Attack {
  /// What it raises.
  public var loss: AttackLoss
  /// The number of steps of one run; each takes a gradient, and so does the
  /// point at which the last one ends.
  public var steps: Int
  /// How often to start; images that have met their goal are left alone.
  public var restarts: Int
  /// Decides the random starts.
  public var seed: UInt64
  /// How much of a step is new, while the rest goes on as the last one did: α.
  public var newShare: Float = 0.75
  /// The share of the steps that must raise the loss: ρ.
  public var risingShare = 0.75
  private let ball: Ball

  public var bound: Bound { ball.bound }

  /// In the maximum norm: no pixel moves by more than ε.
  public init(
    epsilon: Epsilon, loss: AttackLoss = .crossEntropy, steps: Int = 100,
    restarts: Int = 1, seed: UInt64 = 0
  ) {
    self.init(
      Ball(norm: .maximum, radius: epsilon.pixels), loss, steps, restarts, seed)
  }

  /// In the Euclidean norm: all changes together are at most so long, in
  /// pixels.
  public init(
    radius: Float, loss: AttackLoss = .crossEntropy, steps: Int = 100,
    restarts: Int = 1, seed: UInt64 = 0
  ) {
    precondition(radius >= 0, "a radius is no less than 0, got \(radius)")
    self.init(
      Ball(norm: .euclidean, radius: radius), loss, steps, restarts, seed)
  }

  private init(
    _ ball: Ball, _ loss: AttackLoss, _ steps: Int, _ restarts: Int,
    _ seed: UInt64
  ) {
    self.ball = ball
    self.loss = loss
    self.steps = steps
    self.restarts = restarts
    self.seed = seed
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    precondition(steps > 0, "APGD takes at least one step, got \(steps)")
    precondition(restarts > 0, "APGD starts at least once, got \(restarts)")
    return fromSeveralStarts(restarts, images, goals, model, loss) {
      start, images, goals, model in
      let first = ball.randomStart(
        around: images,
        seed: start == 0 ? seed : derivedSeed(seed, .attackStart, start),
        onSurface: true)
      return climb(from: first, images, goals, model)
    }
  }

  /// All images together: one question to the model for each step.
  private func climb(
    from first: Tensor, _ images: Tensor, _ goals: [Goal],
    _ model: GradientAccess
  ) -> Tensor {
    let imageShape = Array(images.shape.dropFirst())
    let checkpoints = checkpoints
    var climbers = goals.indices.map { row in
      Climber(
        image: Array(images.row(row)), start: Array(first.row(row)), in: ball)
    }
    var standing = Array(goals.indices)
    for step in 0...steps where !standing.isEmpty {
      let active = standing.map { climbers[$0] }
      let wanted = standing.map { goals[$0] }
      let slope = model.only(standing).slope(
        of: loss, at: Tensor(rows: active.map(\.point), of: imageShape),
        goals: wanted)
      let answers = predictions(slope.logits)
      let moved = Workers.map(active.count) { row in
        var climber = active[row]
        if wanted[row].isMet(by: answers[row]) {
          climber.best.pixels = climber.point
        } else {
          climber.take(slope.losses[row], Array(slope.gradient.row(row)))
          if checkpoints.contains(step) { climber.lookBack(risingShare) }
          climber.move(newShare: step == 0 ? 1 : newShare)
        }
        return climber
      }
      for (row, image) in standing.enumerated() { climbers[image] = moved[row] }
      standing = zip(standing, answers).filter { image, answer in
        !goals[image].isMet(by: answer)
      }.map(\.0)
    }
    return Tensor(rows: climbers.map(\.best.pixels), of: imageShape)
  }

  /// The steps after which an image looks back.
  ///
  ///     w = ⌈p · steps⌉,  p₀ = 0,  p₁ = 0.22
  ///     next p = p + max(p − last p − 0.03, 0.06)
  ///
  /// In hundredths: a sum of decimal fractions may be a hair too large, and
  /// rounding up would make a whole step of the hair.
  var checkpoints: [Int] {
    var list = [0]
    var (hundredths, gap) = (22, 22)
    while hundredths <= 100 {
      list.append((hundredths * steps + 99) / 100)
      gap = max(gap - 3, 6)
      hundredths += gap
    }
    return list
  }
}

/// What Algorithm 1 knows of one image.
private struct Climber: Sendable {
  /// A point that the model has been asked about.
  struct Place: Sendable {
    var pixels: [Float]
    var loss: Double
    var slope: [Float]
  }

  private let image: [Float]
  private let ball: Ball
  /// Where to ask the model next.
  private(set) var point: [Float]
  /// The point from which the next step goes, and the one before it.
  private var here: Place
  private var before: [Float]
  /// The point with the highest loss.
  var best: Place
  /// η.
  private var stepSize: Float
  // Since the last look back.
  private var steps = 0
  private var rises = 0
  private var bestThen = -Double.infinity
  private var halvedThen = false

  init(image: [Float], start: [Float], in ball: Ball) {
    self.image = image
    self.ball = ball
    point = start
    before = start
    // Whatever the model says of the start is higher.
    here = Place(
      pixels: start, loss: -.infinity, slope: start.map { _ in 0 })
    best = here
    stepSize = 2 * ball.radius
  }

  /// Takes in what the model says of `point`.
  mutating func take(_ loss: Double, _ slope: [Float]) {
    if loss > here.loss { rises += 1 }
    before = here.pixels
    here = Place(pixels: point, loss: loss, slope: slope)
    if loss > best.loss { best = here }
  }

  /// Returns to the best point and halves the steps, if there is no progress.
  ///
  /// Condition 1: too few steps since the last time have raised the loss.
  /// Condition 2: nothing was halved then, and no better point found since.
  mutating func lookBack(_ risingShare: Double) {
    let isStuck =
      Double(rises) < risingShare * Double(steps)
      || (!halvedThen && bestThen == best.loss)
    if isStuck {
      stepSize /= 2
      here = best
    }
    (steps, rises, bestThen, halvedThen) = (0, 0, best.loss, isStuck)
  }

  /// Makes a step, of which a part goes on in the direction of the last one.
  mutating func move(newShare: Float) {
    let uphill = ball.direction(of: here.slope)
    let full = ball.projected(
      zip(here.pixels, uphill).map { $0 + stepSize * $1 }, around: image)
    let mixed = full.indices.map { i in
      here.pixels[i] + newShare * (full[i] - here.pixels[i])
        + (1 - newShare) * (here.pixels[i] - before[i])
    }
    point = ball.projected(mixed, around: image)
    steps += 1
  }
}
