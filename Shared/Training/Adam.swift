import Foundation

/// Adam: every parameter gets its own step size from its gradients' history.
///
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
/// arXiv:1412.6980, algorithm 1. With g the gradient and t the step:
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     parameter ← parameter −
///       learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// Defaults are PyTorch's; `weightDecay` is added to the gradient, as there.
public struct Adam: Optimizer {
  public var learningRate: Float
  /// How slowly the mean gradient m forgets.
  public var beta1: Float
  /// How slowly the mean squared gradient v forgets.
  public var beta2: Float
  /// Keeps the division away from zero.
  public var stabilizer: Float
  /// The strength of the pull towards zero.
  public var weightDecay: Float
  private var step = 0
  private var means: [Tensor] = []
  private var squares: [Tensor] = []

  /// Adam with the given settings.
  public init(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    stabilizer: Float = 1e-8, weightDecay: Float = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.stabilizer = stabilizer
    self.weightDecay = weightDecay
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    if means.isEmpty {
      means = gradients.map { Tensor(shape: $0.shape) }
      squares = means
    }
    step += 1
    let settings = AdamStep(
      beta1: beta1, beta2: beta2, stabilizer: stabilizer,
      weightDecay: weightDecay,
      stepSize: learningRate / (1 - pow(beta1, Float(step))),
      squareCorrection: 1 / (1 - pow(beta2, Float(step))).squareRoot())
    model.visitParameters(with: gradients) { index, parameter, gradient in
      adamUpdate(
        &parameter.scalars, gradient.scalars, &means[index].scalars,
        &squares[index].scalars, count: parameter.count, settings)
    }
  }
}
