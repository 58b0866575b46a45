/// The fast adaptive boundary attack: along the boundary to the point nearest to
/// the image, in the maximum norm.
///
/// At each point x it takes the boundary for flat: a plane, where the loss would
/// be 0 if its slope were everywhere as it is at x. It goes there partly from x
/// and partly from the image x₀, which pulls it toward the image:
///
///     x ← clamp((1 − α)(x + η d₁) + α(x₀ + η d₂), 0...1)
///     α = min(‖d₁‖∞ ⁄ (‖d₁‖∞ + ‖d₂‖∞), αmax)
///
/// where d₁ and d₂ lead from x and from x₀ to the plane. If that meets the goal,
/// x is kept when it is the nearest so far, and the search goes on a little
/// nearer to the image, from x₀ + β(x − x₀). Croce and Hein, "Minimally
/// distorted adversarial examples with a fast adaptive boundary attack", ICML
/// 2020, arXiv:1907.02044, algorithm 1.
///
/// The loss is `AttackLoss.margin`. It needs one gradient a step because it goes
/// for one boundary at a time, as the targeted form in AutoAttack does: with a
/// target to that class, without one to the wrong class that is the most likely
/// where it stands. `EachTarget` tries them all.
public struct FAB: Attack {
  /// How near is near enough.
  ///
  /// An image that meets its goal within ε is done, one that does not comes back
  /// as it was. With nil the nearest counts, however far.
  public var epsilon: Epsilon?
  /// The number of steps of each start.
  public var steps: Int
  /// How often to start: at the image, then at random points around it.
  public var restarts: Int
  /// Decides the random points.
  public var seed: UInt64
  /// η: how far to go, where 1 is just to the plane.
  public var overshoot: Float = 1.05
  /// αmax: the largest share of the way that starts at the image.
  public var largestBias: Float = 0.1
  /// β: what the step back leaves of the distance.
  public var backwardStep: Float = 0.9

  public var bound: Bound { epsilon.map(Bound.maximum) ?? .none }

  /// So many steps from each start.
  public init(
    epsilon: Epsilon? = nil, steps: Int = 100, restarts: Int = 1,
    seed: UInt64 = 0
  ) {
    precondition(steps > 0, "FAB takes at least one step, got \(steps)")
    precondition(restarts > 0, "FAB starts at least once, got \(restarts)")
    self.epsilon = epsilon
    self.steps = steps
    self.restarts = restarts
    self.seed = seed
  }

  /// The distance at which an image is done.
  private var enough: Double { Double(epsilon?.pixels ?? 0) }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    let logits = model.logits(of: images)
    var searches = goals.indices.map { row in
      FABSearch(
        from: Array(images.row(row)), logits: Array(logits.row(row)),
        goal: goals[row])
    }
    let imageShape = Array(images.shape.dropFirst())
    for start in 0..<restarts {
      if start > 0 { scatter(&searches, start) }
      for _ in 0..<steps { step(&searches, imageShape, model) }
    }
    for _ in 0..<3 {
      shorten(&searches, imageShape, model) { $0.crossing }
    }
    if let epsilon {
      shorten(&searches, imageShape, model) { $0.cut(to: epsilon) }
    }
    let limit = epsilon == nil ? .infinity : enough
    return Tensor(
      rows: searches.map { $0.result(within: limit) }, of: imageShape)
  }

  /// One step of all that are still at work.
  private func step(
    _ searches: inout [FABSearch], _ imageShape: [Int],
    _ model: GradientAccess
  ) {
    let open = searches.indices.filter { !searches[$0].isDone(within: enough) }
    guard !open.isEmpty else { return }
    let some = open.map { searches[$0] }
    let model = model.only(open)
    let slope = model.slope(
      of: .margin, at: Tensor(rows: some.map(\.current), of: imageShape),
      goals: some.map(\.goal))
    let points = Workers.map(some.count) { row in
      some[row].stepped(
        margin: slope.losses[row],
        gradient: Array(slope.gradient.row(row)),
        by: self)
    }
    let logits = model.logits(of: Tensor(rows: points, of: imageShape))
    for (row, search) in open.enumerated() {
      searches[search].arrive(
        at: points[row], logits: Array(logits.row(row)),
        backwardStep: backwardStep)
    }
  }

  /// Tries a point nearer to the image, where what has been found is not near
  /// enough.
  private func shorten(
    _ searches: inout [FABSearch], _ imageShape: [Int],
    _ model: GradientAccess, to point: (FABSearch) -> [Float]?
  ) {
    let tried = searches.enumerated().compactMap { row, search in
      search.isDone(within: enough) ? nil : point(search).map { (row, $0) }
    }
    guard !tried.isEmpty else { return }
    let logits = model.only(tried.map(\.0)).logits(
      of: Tensor(rows: tried.map(\.1), of: imageShape))
    for (row, (search, point)) in tried.enumerated() {
      searches[search].tryShorter(point, logits: Array(logits.row(row)))
    }
  }

  /// Starts again: half as far from the image as what has been found, or as is
  /// near enough, in a random direction.
  private func scatter(_ searches: inout [FABSearch], _ start: Int) {
    for row in searches.indices where !searches[row].isDone(within: enough) {
      let image = searches[row].image
      let farthest = Double(epsilon?.pixels ?? 0.3)
      let radius = min(searches[row].nearest?.distance ?? farthest, farthest)
      searches[row].current =
        Ball(norm: .maximum, radius: Float(radius / 2)).randomStart(
          around: Tensor(rows: [image], of: [image.count]),
          seed: derivedSeed(seed, .query, start, row), onSurface: true
        ).scalars
    }
  }
}
