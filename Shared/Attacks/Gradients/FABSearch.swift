/// One image's search along the boundary; see `FAB`.
struct FABSearch: Sendable {
  /// A point at which the model has been asked.
  struct Visited: Sendable {
    let point: [Float]
    /// How far it is from the image, in the maximum norm.
    let distance: Double
    /// `AttackLoss.margin`: above 0 beyond the boundary.
    let margin: Double
    let isMet: Bool
  }

  let image: [Float]
  let goal: Goal
  /// Where the next step starts.
  var current: [Float]
  /// The nearest point that meets the goal; nil if none has been found.
  private(set) var nearest: Visited?
  /// On the way from the image to `nearest`, what is still on the image's side.
  private var before: Visited

  /// A search that starts at the image.
  ///
  /// - Parameters:
  ///   - image: Its pixels.
  ///   - logits: What the model says of it.
  ///   - goal: What is wanted of it.
  init(from image: [Float], logits: [Float], goal: Goal) {
    self.image = image
    self.goal = goal
    current = image
    before = Visited(image, from: image, logits, goal)
    keep(before)
  }

  /// Whether something has been found that is near enough.
  func isDone(within distance: Double) -> Bool {
    nearest.map { $0.distance <= distance } ?? false
  }

  /// The nearest point, or the image if that is not near enough.
  func result(within distance: Double) -> [Float] {
    nearest.map { $0.distance <= distance ? $0.point : image } ?? image
  }

  /// Where a step leads, given the margin at `current` and its gradient.
  func stepped(margin: Double, gradient: [Float], by settings: FAB) -> [Float] {
    let offset = margin - scalarProduct(gradient, current)
    let fromHere = BoundaryProjection(
      of: current, normal: gradient, offset: offset)
    let fromImage = BoundaryProjection(
      of: image, normal: gradient, offset: offset)
    // Both are 0 where the gradient is.
    let sum = max(fromHere.distance + fromImage.distance, 1e-12)
    let bias = min(Float(fromHere.distance / sum), settings.largestBias)
    func beyond(_ start: [Float], _ end: [Float], _ i: Int) -> Float {
      start[i] + settings.overshoot * (end[i] - start[i])
    }
    return image.indices.map { i in
      let moved =
        (1 - bias) * beyond(current, fromHere.point, i)
        + bias * beyond(image, fromImage.point, i)
      return min(max(moved, 0), 1)
    }
  }

  /// Notes what the model says of a point, and goes on from there or, beyond the
  /// boundary, from a little nearer to the image.
  mutating func arrive(
    at point: [Float], logits: [Float], backwardStep: Float
  ) {
    let visited = Visited(point, from: image, logits, goal)
    keep(visited)
    current =
      visited.isMet
      ? zip(image, point).map { $0 + backwardStep * ($1 - $0) } : point
  }

  /// Where the way from the image to the nearest point crosses the boundary, if
  /// the margin rises evenly, or a twentieth of the rest beyond.
  ///
  /// The nearest point lies beyond the boundary, if only by the overshoot.
  var crossing: [Float]? {
    guard let nearest else { return nil }
    let rise = nearest.margin - before.margin
    let crossing = rise > 0 ? -before.margin / rise : 0
    let share = Float(crossing + 0.05 * (1 - crossing))
    return zip(before.point, nearest.point).map { $0 + share * ($1 - $0) }
  }

  /// The allowed image that is the nearest to the nearest point.
  func cut(to epsilon: Epsilon) -> [Float]? {
    nearest.map { nearest in
      zip(nearest.point, image).map {
        projected($0, around: $1, epsilon.pixels)
      }
    }
  }

  /// Notes what the model says of a point on the way to the nearest one.
  mutating func tryShorter(_ point: [Float], logits: [Float]) {
    let visited = Visited(point, from: image, logits, goal)
    keep(visited)
    if !visited.isMet { before = visited }
  }

  /// Keeps a point that meets the goal if it is the nearest.
  private mutating func keep(_ visited: Visited) {
    guard visited.isMet, visited.distance < nearest?.distance ?? .infinity
    else { return }
    nearest = visited
  }
}

extension FABSearch.Visited {
  fileprivate init(
    _ point: [Float], from image: [Float], _ logits: [Float], _ goal: Goal
  ) {
    self.point = point
    distance = zip(point, image).reduce(0) {
      max($0, abs(Double($1.0) - Double($1.1)))
    }
    margin = AttackLoss.margin(logits, goal).value
    let answer = predictions(Tensor(rows: [logits], of: [logits.count]))
    isMet = goal.isMet(by: answer[0])
  }
}
