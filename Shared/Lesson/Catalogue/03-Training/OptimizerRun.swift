import Shared

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

  typealias MomentumStep = ([Float], [Float], [Float], Float, Float) -> (
    parameters: [Float], velocities: [Float]
  )
  typealias AdamStep = ([Float], [Float], AdamState, Float) -> (
    parameters: [Float], state: AdamState
  )

  func momentum(_ step: MomentumStep) -> Path {
    var current = parameters
    var velocities = [Float](repeating: 0, count: current.count)
    return gradients.map { gradient in
      (current, velocities) = step(
        current, gradient, velocities, learningRate, momentum)
      return current
    }
  }

  func adam(_ step: AdamStep) -> Path {
    var current = parameters
    var state = AdamState(count: current.count)
    return gradients.map { gradient in
      (current, state) = step(current, gradient, state, learningRate)
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

  static let randomQuestions: [GradedTask<OptimizerRun, Path>.Question] = [
    .init("six steps with other gradients each", .random(1, steps: 6)),
    .init("ten steps with other gradients each", .random(2, steps: 10)),
  ]

  /// The first step at which two paths part.
  static func difference(_ expected: Path, _ actual: Path) -> Difference? {
    for step in expected.indices {
      guard actual.indices.contains(step) else { break }
      if let found = Difference.between(
        expected[step].map(Double.init), actual[step].map(Double.init),
        at: "after step \(step + 1), parameters", tolerance: 2e-5)
      {
        return found
      }
    }
    return Difference.between(
      exactly: expected.count, actual.count, at: "the number of steps")
  }
}
