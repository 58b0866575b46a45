/// Adam with weight decay that does not pass through Adam.
///
/// Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
/// arXiv:1711.05101. First every parameter shrinks, then Adam makes its step:
///
///     parameter ← parameter − learningRate · weightDecay · parameter
///     parameter ← Adam's step, from the gradient alone
///
/// A decay that is added to the gradient, as in `Adam`, is divided by the root
/// of the mean square like everything else, and then shrinks least the weights
/// with the largest gradients. Formulas and defaults are PyTorch's.
public struct AdamW: Optimizer {
  public var learningRate: Float
  /// The strength of the pull towards zero.
  public var weightDecay: Float
  private var adam: Adam

  /// AdamW with the given settings.
  public init(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    stabilizer: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    adam = Adam(
      learningRate: learningRate, beta1: beta1, beta2: beta2,
      stabilizer: stabilizer)
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    let factor = 1 - learningRate * weightDecay
    if factor != 1 {
      model.visitParameters { _, value in
        for i in value.scalars.indices { value.scalars[i] *= factor }
      }
    }
    adam.learningRate = learningRate
    adam.update(&model, with: gradients)
  }
}
