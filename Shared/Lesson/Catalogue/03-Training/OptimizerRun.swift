import Shared

/// Some steps of an optimizer on a short list of numbers, for grading.
struct OptimizerRun: Sendable {
  var parameters: [Float]
  /// One list a step.
  var gradients: [[Float]]
  var learningRate: Float
  var momentum: Float = 0.9
  var weightDecay: Float = 0

  /// The parameters after each step, and what was handed on beside them.
  struct Path: Sendable {
    var parameters: [[Float]] = []
    /// Velocities; or step, means and squares.
    var states: [[Float]] = []
  }

  typealias MomentumStep = ([Float], [Float], [Float], Float, Float) -> (
    parameters: [Float], velocities: [Float]
  )
  typealias AdamStep = ([Float], [Float], AdamState, Float) -> (
    parameters: [Float], state: AdamState
  )

  func momentum(_ step: MomentumStep) -> Path {
    var current = parameters
    var velocities = [Float](repeating: 0, count: current.count)
    return gradients.reduce(into: Path()) { path, gradient in
      (current, velocities) = step(
        current, gradient, velocities, learningRate, momentum)
      path.parameters.append(current)
      path.states.append(velocities)
    }
  }

  func adam(_ step: AdamStep) -> Path {
    var current = parameters
    var state = AdamState(count: current.count)
    return gradients.reduce(into: Path()) { path, gradient in
      (current, state) = step(current, gradient, state, learningRate)
      path.parameters.append(current)
      path.states.append([Float(state.step)] + state.means + state.squares)
    }
  }

  /// Several seeded steps for four numbers.
  static func random(
    _ seed: UInt64, steps: Int, learningRate: Float = 0.2,
    momentum: Float = 0.9, weightDecay: Float = 0.3
  ) -> OptimizerRun {
    var generator = SeededGenerator(seed: seed)
    func numbers() -> [Float] {
      (0..<4).map { _ in generator.uniform(within: 1) }
    }
    return OptimizerRun(
      parameters: numbers(), gradients: (0..<steps).map { _ in numbers() },
      learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
  }

  static let randomQuestions: [GradedTask<OptimizerRun, Path>.Question] = [
    .init("six steps with other gradients each", .random(1, steps: 6)),
    .init("ten steps with other gradients each", .random(2, steps: 10)),
    .init(
      "four steps with learning rate 0.03, momentum 0.6 and weight decay 0.2, "
        + "as far as they come in",
      .random(
        3, steps: 4, learningRate: 0.03, momentum: 0.6, weightDecay: 0.2)),
  ]

  /// The first step at which two paths part.
  static func difference(_ expected: Path, _ actual: Path) -> Difference? {
    difference(expected.parameters, actual.parameters, "parameters")
  }

  /// What the last step hands on counts as well, though no parameter shows it.
  static func stateRule(
    _ library: @escaping @Sendable (OptimizerRun) -> Path
  ) -> GradedTask<OptimizerRun, Path>.Invariant {
    .init(
      "another state handed on",
      "The parameters are right, but what comes back beside them is not: the "
        + "next step begins with it."
    ) { run, actual in
      // One number is too few: other βs give the same steps, and a later
      // question can say more than that the state is wrong.
      guard run.parameters.count > 2 else { return nil }
      let right = library(run)
      return difference(right, actual) == nil
        ? difference(right.states, actual.states, "what is handed on") : nil
    }
  }

  private static func difference(
    _ expected: [[Float]], _ actual: [[Float]], _ name: String
  ) -> Difference? {
    zip(expected, actual).enumerated().lazy.compactMap { step, lists in
      Difference.between(
        lists.0.map(Double.init), lists.1.map(Double.init),
        at: "after step \(step + 1), \(name)", tolerance: 2e-5)
    }.first
  }
}
