import Foundation
import Shared

/// Adam with a choice of mistakes.
struct FlawedAdam: Sendable {
  var correctsMean = true
  var correctsSquare = true
  var beta1: Float = 0.9
  var beta2: Float = 0.999
  /// What is added to the step in the correction.
  var stepOffset = 0
  var countsSteps = true
  var squaresTheMean = false
  var takesRoot = true
  /// The factor of the new gradient in the mean, and of its square.
  var newShare: Float = 0.1
  var newSquareShare: Float = 0.001
  var sign: Float = -1
  /// What is added to the root.
  var epsilon: Float = 1e-8
  /// Adds decay to the gradient before anything else.
  var decayInGradient: Float = 0

  func step(
    _ parameters: [Float], _ gradients: [Float], _ state: AdamState,
    _ rate: Float
  ) -> (parameters: [Float], state: AdamState) {
    var (parameters, state) = (parameters, state)
    state.step = countsSteps ? state.step + 1 : 1
    let power = Float(state.step + stepOffset)
    let meanCorrection = correctsMean ? 1 - pow(beta1, power) : 1
    let squareCorrection = correctsSquare ? 1 - pow(beta2, power) : 1
    for i in parameters.indices {
      let gradient = gradients[i] + decayInGradient * parameters[i]
      state.means[i] = (1 - newShare) * state.means[i] + newShare * gradient
      state.squares[i] =
        beta2 * state.squares[i] + newSquareShare * gradient * gradient
      let mean = state.means[i] / meanCorrection
      let square =
        squaresTheMean ? mean * mean : state.squares[i] / squareCorrection
      let divisor = takesRoot ? square.squareRoot() : square
      parameters[i] += sign * rate * mean / (divisor + epsilon)
    }
    return (parameters, state)
  }
}
