import Foundation
import Shared

extension Exercise where Function == Adam.Rule {
  /// Exercise 5b: one step of Adam.
  public static func adamStep(_ own: Function) -> Self {
    Exercise(
      "5b", .intermediate, "Adam, one step",
      summary: "Update both running means, make up for their start at 0, and "
        + "move each parameter by a step of Adam.",
      hints: [
        "In the first step the mean is 0.1 · g and the mean square 0.001 · g². "
          + "Which division makes them g and g² again?",
        "Count the step first, then update both means, then divide each by "
          + "one minus its β to the power of the step.",
        "With mean and square corrected so, the parameter goes down by "
          + "learningRate · mean / (√square + 1e-8).",
      ],
      own: own, library: Adam.step, task: task
    ) { step, run in run.adam(step) }
  }
}

private let task = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradient 0.5 twice, learning rate 0.2; each step is 0.2 "
        + "long, so 0.8 and then 0.6",
      OptimizerRun(
        parameters: [1], gradients: [[0.5], [0.5]], learningRate: 0.2))
  ] + OptimizerRun.randomQuestions + [
    .init(
      "gradients of 0.000001, where the 1e-8 shows",
      OptimizerRun(
        parameters: [0.01, -0.01], gradients: [[1e-6, -1e-6], [1e-6, 1e-6]],
        learningRate: 0.2)),
    .init(
      "gradients of 0, which move nothing",
      OptimizerRun(
        parameters: [1, -1], gradients: [[0, 0], [0, 0.5]], learningRate: 0.2)),
  ],
  difference: OptimizerRun.difference,
  misconceptions: [
    .init(
      "no bias correction",
      "Both means start at 0 and are too small at first, the squares more so. "
        + "Divide each by one minus its β to the power of the step."
    ) { $0.adam(FlawedAdam(correctsMean: false, correctsSquare: false).step) },
    .init(
      "only the mean corrected",
      "Both means start at 0, the one of the squares, too: divide it by 1 − β₂ᵗ."
    ) { $0.adam(FlawedAdam(correctsSquare: false).step) },
    .init(
      "only the squares corrected",
      "Both means start at 0, the one of the gradients, too: divide it by "
        + "1 − β₁ᵗ."
    ) { $0.adam(FlawedAdam(correctsMean: false).step) },
    .init(
      "βs swapped",
      "The mean forgets quickly, with β₁ = 0.9; the squares slowly, with β₂ = "
        + "0.999."
    ) {
      $0.adam(
        FlawedAdam(
          beta1: 0.999, beta2: 0.9, newShare: 0.001, newSquareShare: 0.1
        ).step)
    },
    .init(
      "off-by-one step",
      "The first step must already be number 1 in the correction: count it "
        + "before you use it, and only once."
    ) { $0.adam(FlawedAdam(stepOffset: 1).step) },
    .init(
      "step never counted",
      "The step has to be counted and handed on in the state, or every "
        + "correction is that of the first step."
    ) { $0.adam(FlawedAdam(countsSteps: false).step) },
    .init(
      "square of the mean",
      "Adam divides by the root of the mean of the squares. The square of the "
        + "mean leaves only the sign of the step."
    ) { $0.adam(FlawedAdam(squaresTheMean: true).step) },
    .init(
      "root forgotten",
      "The mean square has the unit of the gradient squared; only its root "
        + "makes the step independent of the gradient's size."
    ) { $0.adam(FlawedAdam(takesRoot: false).step) },
    .init(
      "β on the wrong side",
      "β₁ = 0.9 is the share of the old mean that stays; the new gradient "
        + "comes in with 0.1."
    ) { $0.adam(FlawedAdam(newShare: 0.9).step) },
    .init(
      "1e-8 forgotten",
      "Where a gradient has always been 0, so is the root: something small has "
        + "to be added to it before it divides."
    ) { $0.adam(FlawedAdam(epsilon: 0).step) },
    .init(
      "uphill",
      "The step goes against the mean gradient."
    ) { $0.adam(FlawedAdam(sign: 1).step) },
  ],
  invariants: [
    .init(
      "not a number",
      "A parameter is NaN or infinite, as after a division by 0 or the root of a "
        + "negative number. If t is counted from 0, 1 − β⁰ is such a 0: count the "
        + "step before you use it, so that the first one is 1."
    ) { _, path in
      let step = path.parameters.firstIndex { !$0.allSatisfy(\.isFinite) }
      return step.map {
        Difference(
          place: "the parameters after step \($0 + 1)", expected: "numbers",
          actual: "\(path.parameters[$0])")
      }
    },
    OptimizerRun.stateRule { $0.adam(Adam.step) },
  ])
