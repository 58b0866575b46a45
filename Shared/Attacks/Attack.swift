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

/// The point of the allowed region that is nearest to `candidate`: within ε of
/// the original pixel and within 0...1.
///
/// Rounding could leave `pixel + ε` a hair outside, so the last step moves such
/// a result back by one representable number. The promise then holds exactly,
/// not only to seven digits.
func projected(_ candidate: Float, around pixel: Float, _ epsilon: Float)
  -> Float
{
  let nearest = min(max(candidate, pixel - epsilon, 0), min(pixel + epsilon, 1))
  guard abs(Double(nearest) - Double(pixel)) > Double(epsilon) else {
    return nearest
  }
  return nearest > pixel ? nearest.nextDown : nearest.nextUp
}

/// The direction of a slope: +1, 0 or −1.
///
/// Zero is common: where no path to the loss is open, the gradient
/// is exactly zero and there is no direction to move in.
func sign(_ value: Float) -> Float {
  value > 0 ? 1 : value < 0 ? -1 : 0
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
