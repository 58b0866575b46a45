import Foundation

private let randomRuns: [GradedTask<OptimizerRun, OptimizerRun.Path>.Question] =
  [
    .init("six steps with other gradients each", .random(1, steps: 6)),
    .init("ten steps with other gradients each", .random(2, steps: 10)),
  ]

let momentumTask = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradients 1 and then 2, learning rate 0.1, momentum 0.9; "
        + "the velocities are 1 and 2.9, the parameter 0.9 and then 0.61",
      OptimizerRun(
        parameters: [1], gradients: [[1], [2]], learningRate: 0.1))
  ] + randomRuns,
  reference: { $0.momentum(OptimizerSteps.momentum) },
  difference: OptimizerRun.difference,
  misconceptions: [
    .init(
      "uphill",
      "The gradient points to where the loss grows; the step goes against it."
    ) { $0.momentum(momentum(sign: 1, velocity: { $1 * $0 + $2 })) },
    .init(
      "no momentum",
      "The velocity is the last one, slowed down, plus the gradient; without "
        + "it, or if it is not handed on, this is plain gradient descent."
    ) { $0.momentum(momentum(velocity: { $2 + 0 * $0 * $1 })) },
    .init(
      "gradient damped as well",
      "PyTorch's momentum adds the whole gradient, not (1 − momentum) of it, "
        + "so steps become up to 1 / (1 − momentum) times as long."
    ) { $0.momentum(momentum(velocity: { $1 * $0 + (1 - $1) * $2 })) },
    .init(
      "momentum on the gradient",
      "Momentum belongs to the old velocity, which fades; the gradient comes in "
        + "whole."
    ) { $0.momentum(momentum(velocity: { $0 + $1 * $2 })) },
    .init(
      "velocity never slowed down",
      "Old gradients must fade: multiply the old velocity by the momentum "
        + "before you add the gradient."
    ) { $0.momentum(momentum(velocity: { $0 + $2 + 0 * $1 })) },
    .init(
      "stepped with the old velocity",
      "Update the velocity first and move by the new one; otherwise the first "
        + "step goes nowhere."
    ) {
      $0.momentum { parameters, gradients, velocities, rate, momentum in
        (
          zip(parameters, velocities).map { $0 - rate * $1 },
          zip(velocities, gradients).map { momentum * $0 + $1 }
        )
      }
    },
  ])

/// A momentum step with another sign or another rule for the velocity, which
/// gets the old velocity, the momentum and the gradient.
private func momentum(
  sign: Float = -1, velocity rule: @escaping (Float, Float, Float) -> Float
) -> OptimizerRun.PureMomentumStep {
  { parameters, gradients, velocities, rate, momentum in
    let new = zip(velocities, gradients).map { rule($0, momentum, $1) }
    return (zip(parameters, new).map { $0 + sign * rate * $1 }, new)
  }
}

let adamTask = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradient 0.5 twice, learning rate 0.1; each step is 0.1 "
        + "long, so 0.9 and then 0.8",
      OptimizerRun(
        parameters: [1], gradients: [[0.5], [0.5]], learningRate: 0.1))
  ] + randomRuns,
  reference: { $0.adam(OptimizerSteps.adam) },
  difference: OptimizerRun.difference,
  misconceptions: [
    .init(
      "no bias correction",
      "Both means start at 0 and are too small at first, the squares more so. "
        + "Divide each by one minus its β to the power of the step."
    ) { $0.adam(FlawedAdam(correctsBias: false).step) },
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
      "uphill",
      "The step goes against the mean gradient."
    ) { $0.adam(FlawedAdam(sign: 1).step) },
  ],
  invariants: [
    .init(
      "t counted from 0",
      "With t = 0 the corrections 1 − β⁰ are 0, and a division by zero is no "
        + "number. Count the step before you use it: the first one is 1."
    ) { _, path in
      let step = path.firstIndex { !$0.allSatisfy(\.isFinite) }
      return step.map {
        Difference(
          place: "the parameters after step \($0 + 1)", expected: "numbers",
          came: "\(path[$0])")
      }
    }
  ])

let adamWTask = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradient 0.5 twice, learning rate 0.1, weight decay 0.5; "
        + "1 · 0.95 − 0.1 = 0.85, then 0.85 · 0.95 − 0.1 = 0.7075",
      OptimizerRun(
        parameters: [1], gradients: [[0.5], [0.5]], learningRate: 0.1,
        weightDecay: 0.5))
  ] + randomRuns,
  reference: { run in
    run.adam {
      OptimizerSteps.adamW(
        parameters: $0, gradients: $1, state: $2, learningRate: $3,
        weightDecay: run.weightDecay)
    }
  },
  difference: OptimizerRun.difference,
  misconceptions: [
    .init(
      "L2 decay instead of decoupled",
      "A decay added to the gradient goes through Adam's division, which "
        + "shrinks least the weights with the largest gradients. Shrink the "
        + "parameters themselves."
    ) { $0.adam(FlawedAdam(decayInGradient: $0.weightDecay).step) },
    .init(
      "no decay",
      "This is Adam. Where does the weight decay come in?"
    ) { $0.adam(OptimizerSteps.adam) },
    .init(
      "decay without the learning rate",
      "The shrinking is part of the step, so it is scaled by the learning rate "
        + "like the rest of it."
    ) { run in run.adam(shrinking(run) { 1 - $0 }) },
    .init(
      "parameters grow",
      "Decay pulls towards zero: one minus the product, not one plus."
    ) { run in run.adam(shrinking(run) { 1 + run.learningRate * $0 }) },
    .init(
      "decay after the step",
      "PyTorch and the paper shrink the parameters as they were before the "
        + "step; afterwards, the step itself would shrink as well."
    ) { run in
      run.adam { parameters, gradients, state, rate in
        var result = OptimizerSteps.adam(
          parameters: parameters, gradients: gradients, state: state,
          learningRate: rate)
        result.parameters = result.parameters.map {
          $0 * (1 - rate * run.weightDecay)
        }
        return result
      }
    },
  ])

/// Adam after a multiplication of the parameters by a function of the decay.
private func shrinking(_ run: OptimizerRun, _ factor: (Float) -> Float)
  -> OptimizerRun.PureAdamStep
{
  let factor = factor(run.weightDecay)
  return { parameters, gradients, state, rate in
    OptimizerSteps.adam(
      parameters: parameters.map { $0 * factor }, gradients: gradients,
      state: state, learningRate: rate)
  }
}
