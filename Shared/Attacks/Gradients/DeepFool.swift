/// DeepFool: to the nearest of the boundaries, as if they were flat, again and
/// again until the right class is left.
///
///     fₖ = zₖ − z_label,  wₖ = ∂fₖ/∂x,  l = argminₖ |fₖ| ⁄ ‖wₖ‖₂
///     x ← clamp(x + |f_l| ⁄ ‖w_l‖₂² · w_l, 0...1)
///
/// It stops where x₀ + (1 + overshoot)(x − x₀), also clamped, meets the goal,
/// and returns that point. Moosavi-Dezfooli, Fawzi and Frossard, "DeepFool: a
/// simple and accurate method to fool deep neural networks", CVPR 2016,
/// arXiv:1511.04599, algorithm 2, to which the clamp is added. It looks for the
/// nearest image in the Euclidean norm.
///
/// With a target, which the paper does not have, only the boundary of the
/// target's class is gone to.
public struct DeepFool: Attack {
  /// The most steps of an image.
  public var steps: Int
  /// How far to go beyond the boundary, as a share of the way.
  public var overshoot: Float
  /// How long the changes may be, in pixels; nil for any length.
  ///
  /// Images that would go further come back as they were.
  public var radius: Float?

  public var bound: Bound { radius.map(Bound.euclidean) ?? .none }

  /// At most so many steps, and a little beyond the boundary.
  public init(
    steps: Int = 50, overshoot: Float = 0.02, radius: Float? = nil
  ) {
    precondition(steps > 0, "DeepFool takes at least one step, got \(steps)")
    precondition(
      radius ?? 0 >= 0, "a radius is no less than 0, got \(radius ?? 0)")
    self.steps = steps
    self.overshoot = overshoot
    self.radius = radius
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    var (current, beyond) = (images, images)
    var standing = Array(goals.indices)
    for _ in 0..<steps {
      let logits = model.only(standing).logits(of: beyond.rows(standing))
      standing = zip(standing, predictions(logits))
        .filter { !goals[$0].isMet(by: $1) }.map(\.0)
      guard !standing.isEmpty else { break }
      let boundaries = boundaries(
        around: current, standing, goals, classes: logits.shape[1], model)
      for (image, boundaries) in zip(standing, boundaries) {
        guard
          let nearest = boundaries.min(by: { $0.distance < $1.distance })
        else { continue }
        current.replaceRow(
          image, with: sum(current.row(image), nearest.way, times: 1))
        let way = zip(current.row(image), images.row(image)).map { $0 - $1 }
        beyond.replaceRow(
          image, with: sum(images.row(image), way, times: 1 + overshoot))
      }
    }
    return limited(beyond, around: images)
  }

  /// The boundaries that each standing image may go to, all asked for at once:
  /// an image appears as often as there are classes to reach.
  private func boundaries(
    around current: Tensor, _ standing: [Int], _ goals: [Goal], classes: Int,
    _ model: GradientAccess
  ) -> [[Boundary]] {
    let wanted = standing.map { image in
      goals[image].target.map { [$0] }
        ?? (0..<classes).filter { $0 != goals[image].label }
    }
    let rows = zip(standing, wanted).flatMap { image, classes in
      classes.map { (image, Goal.reach($0, from: goals[image].label)) }
    }
    let images = rows.map(\.0)
    // As long as the right class is ahead, the margin of class k is
    // zₖ − z_label. Otherwise a target has another class to overtake.
    let slope = model.only(images).slope(
      of: .margin, at: current.rows(images), goals: rows.map(\.1))
    var rest = zip(slope.losses, slope.gradient.allRows).map(Boundary.init)[...]
    return wanted.map { classes in
      defer { rest = rest.dropFirst(classes.count) }
      return Array(rest.prefix(classes.count))
    }
  }

  /// The moved images that are near enough, and the others as they were.
  private func limited(_ moved: Tensor, around images: Tensor) -> Tensor {
    guard let radius else { return moved }
    var result = moved
    for row in 0..<images.shape[0]
    where distance(Array(moved.row(row)), Array(images.row(row)))
      > Double(radius)
    {
      result.replaceRow(row, with: images.row(row))
    }
    return result
  }
}

/// Where two classes have one score, as it looks from a point: value +
/// normal · way is 0.
private struct Boundary {
  /// How far away it is, in the Euclidean norm.
  let distance: Double
  /// The shortest way to it.
  let way: [Float]

  init(value: Double, normal: [Float]) {
    let length = lengthOf(normal)
    // Where the model is flat, or its slope no number, there is no way to a
    // boundary.
    guard length > 0, length.isFinite, value.isFinite else {
      distance = .infinity
      way = normal.map { _ in 0 }
      return
    }
    distance = abs(value) / length
    let factor = Float(abs(value) / (length * length))
    way = normal.map { factor * $0 }
  }
}

/// The point at the end of some times a way, as far as it is an image.
private func sum(
  _ start: ArraySlice<Float>, _ way: [Float], times factor: Float
)
  -> [Float]
{
  zip(start, way).map { min(max($0 + factor * $1, 0), 1) }
}
