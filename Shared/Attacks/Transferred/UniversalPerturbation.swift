/// One perturbation for all images, made once and added to any.
///
///     x′ = clamp(x + δ, 0...1) with |δ| ≤ ε in every pixel
///
/// Whoever has it needs neither the model any more nor a computer. That there
/// are such perturbations was found by Moosavi-Dezfooli et al., "Universal
/// Adversarial Perturbations", CVPR 2017, arXiv:1610.08401.
public struct UniversalPerturbation: Attack {
  /// What is added, shape `[H, W, C]`, in pixels.
  public let perturbation: Tensor
  /// The largest change of any pixel.
  public let epsilon: Epsilon

  public var bound: Bound { .maximum(epsilon) }

  /// - Parameters:
  ///   - perturbation: What is added, shape `[H, W, C]`, in pixels.
  ///   - epsilon: The largest change of any pixel; what exceeds it is cut off.
  public init(_ perturbation: Tensor, epsilon: Epsilon) {
    self.perturbation = perturbation
    self.epsilon = epsilon
  }

  /// Whatever the goals: it was made for one of them.
  public func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    precondition(
      Array(images.shape.dropFirst()) == perturbation.shape,
      "a perturbation \(perturbation.shape) does not fit images "
        + "\(images.shape)")
    let moved = eachRow(of: images) { row in
      zip(row, perturbation.scalars).map { $0 + $1 }
    }
    return projected(moved, around: images, epsilon)
  }
}

extension UniversalPerturbation {
  /// Makes a perturbation that fools a model on as many images as it can.
  ///
  /// It climbs the mean loss of images that all carry the same δ:
  ///
  ///     δ ← clamp(δ + size · sign(Σ ∂loss(clamp(x + δ, 0...1))/∂x), ±ε)
  ///
  /// summed over some of the images at each step. Shafahi et al., "Universal
  /// Adversarial Training", AAAI 2020, arXiv:1811.11304: stochastic gradient
  /// ascent with a clipped loss. The slope is taken at the clamped image, as if
  /// nothing had been cut off: a pixel that is black everywhere and has been
  /// moved below black would otherwise have no slope any more, and no way back.
  ///
  /// - Parameters:
  ///   - model: The attacker's copy of the model, or a network like it.
  ///   - batch: Images to learn from, with their right classes; not those by
  ///     which the attack is measured.
  ///   - epsilon: The largest change of any pixel.
  ///   - target: The class that the model shall answer; nil for any wrong one.
  ///   - steps: How many steps, each with a hundred of the images.
  ///   - seed: Decides which images each step sees.
  /// - Returns: The attack.
  public static func made(
    against model: Sequential, from batch: Batch, epsilon: Epsilon,
    target: Int? = nil, steps: Int = 200, seed: UInt64 = 0
  ) -> UniversalPerturbation {
    var ascent = StochasticAscent(
      over: batch, target: target, steps: steps, seed: seed)
    let nothing = Tensor(shape: Array(batch.images.shape.dropFirst()))
    let perturbation = ascent.climb(
      from: nothing, within: -epsilon.pixels...epsilon.pixels
    ) { images, goals, current, _ in
      let moved = eachRow(of: images) { row in
        zip(row, current.scalars).map { min(max($0 + $1, 0), 1) }
      }
      return model.slope(of: .crossEntropyUpToGuess, at: moved, goals: goals)
    }
    return UniversalPerturbation(perturbation, epsilon: epsilon)
  }
}
