/// Stochastic gradient descent with momentum and weight decay.
///
///     g ← gradient + weightDecay · parameter
///     v ← momentum · v + g            (v starts at 0)
///     parameter ← parameter − learningRate · v
///
/// Formulas and defaults are those of PyTorch's `torch.optim.SGD`.
public struct SGD: Optimizer {
  /// From parameters, gradients, velocities, learning rate and momentum to new
  /// parameters and velocities.
  public typealias Rule =
    @Sendable (
      _ parameters: [Float], _ gradients: [Float], _ velocities: [Float],
      _ learningRate: Float, _ momentum: Float
    ) -> (parameters: [Float], velocities: [Float])

  public var learningRate: Float
  /// How much of the last step goes into the next, 0 for none.
  public var momentum: Float
  /// The strength of the pull towards zero.
  public var weightDecay: Float
  private let rule: Rule
  private var velocities: [[Float]] = []

  /// Descent with the given settings, or with a rule of one's own in the place
  /// of `step`.
  public init(
    learningRate: Float = 0.001, momentum: Float = 0, weightDecay: Float = 0,
    rule: Rule? = nil
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.rule = rule ?? Self.step
  }

  /// The rule for one list of numbers, without weight decay.
  ///
  /// - Returns: The new parameters and the new velocities.
  public static func step(
    parameters: [Float], gradients: [Float], velocities: [Float],
    learningRate: Float, momentum: Float
  ) -> (parameters: [Float], velocities: [Float]) {
    var (parameters, velocities) = (parameters, velocities)
    for i in parameters.indices {
      velocities[i] = momentum * velocities[i] + gradients[i]
      parameters[i] -= learningRate * velocities[i]
    }
    return (parameters, velocities)
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    model.visitParameters(with: gradients) { index, parameter, gradient in
      if index == velocities.count {
        velocities.append(Array(repeating: 0, count: parameter.count))
      }
      let decayed =
        weightDecay == 0 ? gradient : gradient + parameter * weightDecay
      let (moved, velocity) = rule(
        parameter.scalars, decayed.scalars, velocities[index], learningRate,
        momentum)
      parameter = Tensor(shape: parameter.shape, scalars: moved)
      velocities[index] = velocity
    }
  }
}
