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
  /// From parameters, gradients, memory and learning rate to new parameters and
  /// memory.
  public typealias Rule =
    @Sendable (
      _ parameters: [Float], _ gradients: [Float], _ state: AdamState,
      _ learningRate: Float
    ) -> (parameters: [Float], state: AdamState)

  public var learningRate: Float
  /// How slowly the mean gradient m forgets.
  public var beta1: Float
  /// How slowly the mean squared gradient v forgets.
  public var beta2: Float
  /// Keeps the division away from zero.
  public var epsilon: Float
  /// The strength of the pull towards zero.
  public var weightDecay: Float
  private let rule: Rule?
  private var states: [AdamState] = []

  /// Adam with the given settings, or with a rule of one's own in the place of
  /// `step`, which then has its own constants.
  public init(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0, rule: Rule? = nil
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.rule = rule
  }

  /// The rule for one list of numbers, with the usual β₁ = 0.9, β₂ = 0.999 and
  /// ε = 1e-8: what `update` does to each parameter, line by line.
  ///
  /// - Returns: The new parameters and what to remember.
  public static func step(
    parameters: [Float], gradients: [Float], state: AdamState,
    learningRate: Float
  ) -> (parameters: [Float], state: AdamState) {
    var (parameters, state) = (parameters, state)
    state.step += 1
    let meanCorrection = 1 - pow(0.9, Float(state.step))
    let squareCorrection = 1 - pow(0.999, Float(state.step))
    for i in parameters.indices {
      let gradient = gradients[i]
      state.means[i] = 0.9 * state.means[i] + 0.1 * gradient
      state.squares[i] = 0.999 * state.squares[i] + 0.001 * gradient * gradient
      let mean = state.means[i] / meanCorrection
      let square = state.squares[i] / squareCorrection
      parameters[i] -= learningRate * mean / (square.squareRoot() + 1e-8)
    }
    return (parameters, state)
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    model.visitParameters(with: gradients) { index, parameter, gradient in
      if index == states.count {
        states.append(AdamState(count: parameter.count))
      }
      guard let rule else {
        let settings = settings(atStep: states[index].step + 1)
        states[index].advance(
          &parameter.scalars, gradient.scalars, settings)
        return
      }
      let (moved, state) = rule(
        parameter.scalars, gradient.scalars, states[index], learningRate)
      parameter = Tensor(shape: parameter.shape, scalars: moved)
      states[index] = state
    }
  }

  private func settings(atStep step: Int) -> AdamSettings {
    AdamSettings(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      stepSize: learningRate / (1 - pow(beta1, Float(step))),
      squareCorrection: 1 / (1 - pow(beta2, Float(step))).squareRoot())
  }
}

extension AdamState {
  /// What `step` does, with other settings too, and on all workers.
  ///
  /// A method of the state: one of `Adam` would hold a second reference to all
  /// states, and so have their arrays copied, 3 MB a step.
  fileprivate mutating func advance(
    _ parameters: inout [Float], _ gradients: [Float],
    _ settings: AdamSettings
  ) {
    step += 1
    adamUpdate(
      &parameters, gradients, &means, &squares, count: parameters.count,
      settings)
  }
}
