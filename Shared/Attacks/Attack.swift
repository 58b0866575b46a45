/// A recipe for changing images so that a model errs.
///
/// An attack is a value: its settings. Applying it leaves the model and the
/// images as they are. Every attack here promises what `isAllowed` checks: no
/// pixel moves by more than ε, and every pixel stays in 0...1.
public protocol Attack: Sendable {
  /// The largest change of any pixel.
  var epsilon: Epsilon { get }

  /// Changed copies of the images.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - labels: N right classes.
  ///   - model: The model under attack; used in inference mode.
  /// - Returns: Images of the same shape, within ε, pixels in 0...1.
  func perturb(_ images: Tensor, labels: [Int], against model: Sequential)
    -> Tensor
}

/// The images nearest to `moved` that are allowed: every pixel within ε of the
/// original one and within 0...1.
///
/// - Parameters:
///   - moved: Shape `[N, H, W, C]`, any values.
///   - images: The original images, in the same shape.
///   - epsilon: How far a pixel may be from its original.
/// - Returns: Images that `isAllowed` accepts.
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
    perturbed.shape == original.shape
      && zip(perturbed.scalars, original.scalars).allSatisfy { new, old in
        abs(Double(new) - Double(old)) <= Double(pixels) && (0...1) ~= new
      }
  }
}
