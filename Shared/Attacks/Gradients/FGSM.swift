/// The fast gradient sign method: one step of size ε, uphill in every pixel.
///
///     x′ = clamp(x + ε · sign(∂loss/∂x), 0...1)
///
/// Goodfellow, Shlens and Szegedy, "Explaining and Harnessing Adversarial
/// Examples", ICLR 2015, arXiv:1412.6572. Among all changes of at most ε a
/// pixel, this one raises a linear loss the most.
public struct FGSM: Attack {
  /// The largest change of any pixel.
  public var epsilon: Epsilon
  /// What it raises.
  public var loss = AttackLoss.crossEntropy

  public var bound: Bound { .maximum(epsilon) }

  /// One step of size ε.
  public init(epsilon: Epsilon) { self.epsilon = epsilon }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    let gradient = model.slope(of: loss, at: images, goals: goals).gradient
    let moved = images.combined(with: gradient) { pixel, gradient in
      pixel + epsilon.pixels * sign(gradient)
    }
    return projected(moved, around: images, epsilon)
  }
}
