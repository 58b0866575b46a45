/// Stochastic gradient descent with momentum and weight decay.
///
///     g ← gradient + weightDecay · parameter
///     v ← momentum · v + g            (v starts as g)
///     parameter ← parameter − learningRate · v
///
/// Formulas and defaults are those of PyTorch's `torch.optim.SGD`.
public struct SGD: Optimizer {
  public var learningRate: Float
  /// How much of the last step goes into the next, 0 for none.
  public var momentum: Float
  /// The strength of the pull towards zero.
  public var weightDecay: Float
  private var velocities: [Tensor] = []

  /// Descent with the given settings.
  public init(
    learningRate: Float = 0.001, momentum: Float = 0, weightDecay: Float = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    model.visitParameters(with: gradients) { index, parameter, gradient in
      var step = gradient
      if weightDecay != 0 { step += parameter * weightDecay }
      if momentum != 0 {
        if index == velocities.count {
          velocities.append(step)
        } else {
          velocities[index] = velocities[index] * momentum + step
        }
        step = velocities[index]
      }
      parameter += step * -learningRate
    }
  }
}
