import Foundation

/// What Adam remembers of a parameter's gradients.
public struct AdamState: Sendable, Equatable {
  /// How many steps have been made.
  public var step: Int
  /// The running mean of the gradients.
  public var means: [Float]
  /// The running mean of their squares.
  public var squares: [Float]

  /// The memory after some steps.
  public init(step: Int, means: [Float], squares: [Float]) {
    self.step = step
    self.means = means
    self.squares = squares
  }

  /// The memory before the first step, for `count` numbers.
  public init(count: Int) {
    self.init(
      step: 0, means: Array(repeating: 0, count: count),
      squares: Array(repeating: 0, count: count))
  }
}

/// The optimizers as plain functions of one list of numbers: what `SGD`, `Adam`
/// and `AdamW` do to each parameter, without the machinery around it.
public enum OptimizerSteps {
  /// One step of gradient descent with momentum; see `SGD`.
  ///
  /// - Returns: The new parameters and the new velocities.
  public static func momentum(
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

  /// One step of Adam with the usual β₁ = 0.9, β₂ = 0.999 and 1e-8; see `Adam`.
  ///
  /// - Returns: The new parameters and what to remember.
  public static func adam(
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
      state.squares[i] =
        0.999 * state.squares[i] + 0.001 * gradient * gradient
      let mean = state.means[i] / meanCorrection
      let square = state.squares[i] / squareCorrection
      parameters[i] -= learningRate * mean / (square.squareRoot() + 1e-8)
    }
    return (parameters, state)
  }

  /// One step of AdamW; see `AdamW`.
  ///
  /// - Returns: The new parameters and what to remember.
  public static func adamW(
    parameters: [Float], gradients: [Float], state: AdamState,
    learningRate: Float, weightDecay: Float
  ) -> (parameters: [Float], state: AdamState) {
    let shrunk = parameters.map { $0 - learningRate * weightDecay * $0 }
    return adam(
      parameters: shrunk, gradients: gradients, state: state,
      learningRate: learningRate)
  }
}
