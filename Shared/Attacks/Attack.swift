/// A recipe for changing images so that a model errs.
///
/// An attack is a value: its settings. It says what it must know of a model
/// (`Access`) and what it promises about its images (`bound`), and it is handed
/// no more than it asked for. Applying it leaves model and images as they are.
public protocol Attack: Sendable {
  /// What it may ask the model: nothing, labels, scores or gradients.
  associatedtype Access: ModelAccess

  /// How far it may move an image.
  var bound: Bound { get }

  /// Changed copies of the images.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - goals: What is wanted of each of them.
  ///   - model: The model under attack.
  /// - Returns: Images of the same shape, within the bound, pixels in 0...1.
  ///   One for which nothing was found may come back in any such state.
  func perturb(_ images: Tensor, goals: [Goal], asking model: Access) -> Tensor
}

extension Attack {
  /// What the attacker must have.
  public static var knowledge: Knowledge { Access.knowledge }

  /// Changed copies of the images, to get any wrong answer.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - labels: N right classes.
  ///   - model: The model under attack; used in inference mode.
  /// - Returns: Images of the same shape, within the bound, pixels in 0...1.
  public func perturb(
    _ images: Tensor, labels: [Int], against model: Sequential
  ) -> Tensor {
    perturb(images, goals: labels.map(Goal.avoid), against: model)
  }

  /// Changed copies of the images, each with a goal of its own.
  public func perturb(
    _ images: Tensor, goals: [Goal], against model: Sequential
  ) -> Tensor {
    run(on: images, goals: goals, against: model).images
  }

  /// Applies the attack and counts what it asks.
  ///
  /// - Returns: The changed images, and each image's passes.
  public func run(on images: Tensor, goals: [Goal], against model: Sequential)
    -> (images: Tensor, passes: [Passes])
  {
    precondition(
      images.shape.first == goals.count,
      "images \(images.shape) and \(goals.count) goals do not match")
    guard !goals.isEmpty else { return (images, []) }
    let counter = PassCounter(images: goals.count)
    let attacked = AttackedModel(model, images: images, counter: counter)
    let changed = perturb(images, goals: goals, asking: Access(attacked))
    return (changed, counter.counts)
  }
}

/// The images nearest to `moved` that are allowed: every pixel within ε of the
/// original one and within 0...1.
///
/// - Parameters:
///   - moved: Shape `[N, H, W, C]`, any values.
///   - images: The original images, in the same shape.
///   - epsilon: How far a pixel may be from its original.
/// - Returns: Images that keep `Bound.maximum(epsilon)`.
public func projected(
  _ moved: Tensor, around images: Tensor, _ epsilon: Epsilon
) -> Tensor {
  precondition(
    moved.shape == images.shape,
    "shapes \(moved.shape) and \(images.shape) do not match")
  return Tensor(
    shape: moved.shape,
    scalars: projectedElements(
      moved.scalars, around: images.scalars, count: moved.count,
      epsilon.pixels))
}

/// The direction of a gradient: +1, 0 or −1.
///
/// Zero is common: where no path to the loss is open, the gradient
/// is exactly zero and there is no direction to move in.
package func sign(_ gradient: Float) -> Float {
  gradient > 0 ? 1 : gradient < 0 ? -1 : 0
}

extension Epsilon {
  /// Whether an attack kept its promise on every pixel.
  public func isAllowed(_ perturbed: Tensor, from original: Tensor) -> Bool {
    Bound.maximum(self).isKept(perturbed, from: original)
      && perturbed.scalars.allSatisfy { (0...1) ~= $0 }
  }
}
