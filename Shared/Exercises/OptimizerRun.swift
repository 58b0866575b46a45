import Foundation

/// Some steps of an optimizer on a short list of numbers, for grading.
struct OptimizerRun: Sendable {
  var parameters: [Float]
  /// One list a step.
  var gradients: [[Float]]
  var learningRate: Float
  var momentum: Float = 0.9
  var weightDecay: Float = 0

  /// The parameters after each step.
  typealias Path = [[Float]]

  typealias MomentumStep = ([Float], [Float], [Float], Float, Float) throws -> (
    parameters: [Float], velocities: [Float]
  )
  typealias AdamStep = ([Float], [Float], AdamState, Float) throws -> (
    parameters: [Float], state: AdamState
  )

  typealias PureMomentumStep = ([Float], [Float], [Float], Float, Float) -> (
    parameters: [Float], velocities: [Float]
  )
  typealias PureAdamStep = ([Float], [Float], AdamState, Float) -> (
    parameters: [Float], state: AdamState
  )

  func momentum(_ step: MomentumStep) rethrows -> Path {
    var current = parameters
    var velocities = [Float](repeating: 0, count: current.count)
    return try gradients.map { gradient in
      (current, velocities) = try step(
        current, gradient, velocities, learningRate, momentum)
      return current
    }
  }

  func adam(_ step: AdamStep) rethrows -> Path {
    var current = parameters
    var state = AdamState(count: current.count)
    return try gradients.map { gradient in
      (current, state) = try step(current, gradient, state, learningRate)
      return current
    }
  }

  /// Several seeded steps for four numbers.
  static func random(_ seed: UInt64, steps: Int) -> OptimizerRun {
    var generator = SeededGenerator(seed: seed)
    func numbers() -> [Float] {
      (0..<4).map { _ in generator.uniform(within: 1) }
    }
    return OptimizerRun(
      parameters: numbers(), gradients: (0..<steps).map { _ in numbers() },
      learningRate: 0.1, weightDecay: 0.5)
  }

  /// The first step at which two paths part.
  static func difference(_ expected: Path, _ came: Path) -> Difference? {
    for step in expected.indices {
      guard came.indices.contains(step) else { break }
      if let found = Difference.between(
        expected[step].map(Double.init), came[step].map(Double.init),
        at: "after step \(step + 1), parameters", tolerance: 2e-5)
      {
        return found
      }
    }
    return Difference.between(
      exactly: expected.count, came.count, at: "the number of steps")
  }
}

/// Adam with a choice of mistakes.
struct FlawedAdam: Sendable {
  var correctsBias = true
  /// What is added to the step in the correction.
  var stepOffset = 0
  var countsSteps = true
  var squaresTheMean = false
  var takesRoot = true
  /// The factor of the new gradient in the mean, instead of 0.1.
  var newShare: Float = 0.1
  var sign: Float = -1
  /// Adds decay to the gradient before anything else.
  var decayInGradient: Float = 0

  func step(
    _ parameters: [Float], _ gradients: [Float], _ state: AdamState,
    _ rate: Float
  ) -> (parameters: [Float], state: AdamState) {
    var (parameters, state) = (parameters, state)
    state.step = countsSteps ? state.step + 1 : 1
    let power = Float(state.step + stepOffset)
    let meanCorrection = correctsBias ? 1 - pow(0.9, power) : 1
    let squareCorrection = correctsBias ? 1 - pow(0.999, power) : 1
    for i in parameters.indices {
      let gradient = gradients[i] + decayInGradient * parameters[i]
      state.means[i] = (1 - newShare) * state.means[i] + newShare * gradient
      state.squares[i] = 0.999 * state.squares[i] + 0.001 * gradient * gradient
      let mean = state.means[i] / meanCorrection
      let square =
        squaresTheMean ? mean * mean : state.squares[i] / squareCorrection
      let divisor = takesRoot ? square.squareRoot() : square
      parameters[i] += sign * rate * mean / (divisor + 1e-8)
    }
    return (parameters, state)
  }
}
