/// DeepFool: to the nearest of the boundaries, as if they were flat, again and
/// again until the right class is left.
///
///     fₖ = zₖ − z_label,  wₖ = ∂fₖ/∂x,  l = argminₖ |fₖ| ⁄ ‖wₖ‖₂
///     r = |f_l| ⁄ ‖w_l‖₂² · w_l
///     x ← clamp(x₀ + (1 + overshoot) · Σ r, 0...1)
///
/// Moosavi-Dezfooli, Fawzi and Frossard, "DeepFool: a simple and accurate method
/// to fool deep neural networks", CVPR 2016, arXiv:1511.04599, algorithm 2. It
/// looks for the nearest image in the Euclidean norm. The overshoot, with the
/// paper only at the end, is part of every step, and so is the clamp: the point
/// at which the model is asked is the point that is returned.
///
/// With a target only the boundary to the target's class is gone to, which the
/// paper does not have.
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

  /// At most so many steps, each a little beyond the boundary.
  public init(
    steps: Int = 50, overshoot: Float = 0.02, radius: Float? = nil
  ) {
    precondition(steps > 0, "DeepFool takes at least one step, got \(steps)")
    precondition(
      overshoot >= 0, "an overshoot is no less than 0, got \(overshoot)")
    precondition(
      radius ?? 0 >= 0, "a radius is no less than 0, got \(radius ?? 0)")
    self.steps = steps
    self.overshoot = overshoot
    self.radius = radius
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    var walks = images.allRows.map(Walk.init)
    var current = images
    var standing = Array(goals.indices)
    for _ in 0..<steps {
      let logits = model.only(standing).logits(of: current.rows(standing))
      standing = zip(standing, predictions(logits))
        .filter { !goals[$0].isMet(by: $1) }.map(\.0)
      guard !standing.isEmpty else { break }
      let boundaries = boundaries(
        at: current, standing, goals, classes: logits.shape[1], model)
      for (image, boundaries) in zip(standing, boundaries) {
        walks[image].step(toNearestOf: boundaries)
        current.replaceRow(image, with: walks[image].end(overshoot))
      }
    }
    return limited(current, around: images)
  }

  /// The boundaries that each standing image may go to, all asked for at once:
  /// an image appears as often as there are classes to reach.
  private func boundaries(
    at current: Tensor, _ standing: [Int], _ goals: [Goal], classes: Int,
    _ model: GradientAccess
  ) -> [[Boundary]] {
    let wanted = standing.map { image in
      goals[image].target.map { [$0] }
        ?? (0..<classes).filter { $0 != goals[image].label }
    }
    let rows = zip(standing, wanted).flatMap { image, targets in
      targets.map { (image, Goal.reach($0, from: goals[image].label)) }
    }
    let images = rows.map(\.0)
    // While the right class is ahead of all others, the margin of class k is
    // zₖ − z_label. Where it is not, a target has another class to overtake.
    let slope = model.only(images).slope(
      of: .margin, at: current.rows(images), goals: rows.map(\.1))
    var next = 0
    return wanted.map { targets in
      defer { next += targets.count }
      return targets.indices.map {
        Boundary(
          value: slope.losses[next + $0],
          normal: Array(slope.gradient.row(next + $0)))
      }
    }
  }

  /// The images that are not too far from the original ones, else those.
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

/// Where two classes have one score, as seen from an image: value + normal · r
/// is 0.
private struct Boundary {
  let value: Double
  let normal: [Float]
}

/// One image on its way.
private struct Walk {
  private let start: [Float]
  /// Σ r, without the overshoot.
  private var total: [Float]

  init(from start: [Float]) {
    self.start = start
    total = [Float](repeating: 0, count: start.count)
  }

  /// Adds the shortest way to a boundary: |f| ⁄ ‖w‖₂ along w ⁄ ‖w‖₂.
  mutating func step(toNearestOf boundaries: [Boundary]) {
    var nearest: (distance: Double, length: Double, normal: [Float])?
    for boundary in boundaries {
      let length = lengthOf(boundary.normal)
      // Where the model is flat there is no way to the boundary.
      guard length > 0 else { continue }
      let distance = abs(boundary.value) / length
      if distance < nearest?.distance ?? .infinity {
        nearest = (distance, length, boundary.normal)
      }
    }
    guard let nearest else { return }
    let factor = Float(nearest.distance / nearest.length)
    for i in total.indices { total[i] += factor * nearest.normal[i] }
  }

  /// Where the image stands, a little further than the boundary.
  func end(_ overshoot: Float) -> [Float] {
    zip(start, total).map { min(max($0 + (1 + overshoot) * $1, 0), 1) }
  }
}
