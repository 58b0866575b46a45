/// HopSkipJump: along the boundary to its nearest point, by answers alone.
///
///     x₀ ← boundary between x and some image that meets the goal
///     for t = 1, 2, …
///       v   ← which way the boundary faces: many small random changes, asked
///       x̃_t ← x_t + ξv,  ξ = ‖x_t − x‖₂ ⁄ √t, halved until the goal is met
///       x_t ← boundary between x and x̃_t
///
/// A step leads away from the boundary, into the land where the goal is met, and
/// the straight way home to x crosses it again at a nearer place.
///
/// Chen, Jordan and Wainwright, "HopSkipJumpAttack: A Query-Efficient
/// Decision-Based Attack", S&P 2020, arXiv:1904.02144, Algorithm 2 in the
/// Euclidean norm.
public struct HopSkipJump: Attack {
  /// The number of steps: T in the paper.
  public var steps: Int
  /// How often it may ask about an image; nil for as often as it takes.
  ///
  /// A step that might need more is not begun.
  public var queries: Int?
  /// Decides starts and directions.
  public var seed: UInt64
  /// The longest change that counts, in pixels; nil for any.
  public var radius: Float?
  /// The random changes of the first step: B₀ in the paper.
  ///
  /// Step t has √t times as many.
  public var directions = 100
  /// The random changes of a step at most.
  public var mostDirections = 10_000
  /// Images that the attacker has, and what they show.
  ///
  /// A walk starts at the nearest of them that meets the goal. Without one it
  /// starts at random noise, which hardly ever shows a given target.
  public var startingImages: Batch?
  /// How many starts to try.
  public var tries = 1000

  public var bound: Bound { radius.map(Bound.euclidean) ?? .none }

  /// The given number of steps, no more than the given queries.
  public init(
    steps: Int = 20, queries: Int? = nil, seed: UInt64 = 0, radius: Float? = nil
  ) {
    precondition(steps > 0, "HopSkipJump takes a step at least, got \(steps)")
    precondition(
      queries ?? 1 > 0, "HopSkipJump asks at least once, got \(queries ?? 1)")
    precondition(
      radius ?? 0 >= 0, "a radius is no less than 0, got \(radius ?? 0)")
    self.steps = steps
    self.queries = queries
    self.seed = seed
    self.radius = radius
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: LabelAccess
  ) -> Tensor {
    precondition(
      directions > 0 && mostDirections > 0,
      "HopSkipJump needs a direction at least, got \(directions) and "
        + "\(mostDirections)")
    var decisions = Decisions(
      model, goals: goals, imageShape: Array(images.shape.dropFirst()),
      limit: queries)
    var found = images
    var walks = starts(for: images, goals, &decisions)
    for step in 0...steps {
      if step > 0 {
        let cost = mostQueries(ofStep: step, pixels: images.rowCount)
        walks.removeAll { !decisions.mayAsk(cost, about: $0.row) }
        leaveBoundary(&walks, step: step, &decisions)
      }
      returnToBoundary(&walks, &decisions)
      for walk in walks { found.replaceRow(walk.row, with: walk.point) }
    }
    for row in goals.indices
    where !bound.isKept(found.rows([row]), from: images.rows([row])) {
      found.replaceRow(row, with: images.row(row))
    }
    return found
  }
}
