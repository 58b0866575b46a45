import Shared

extension Exercise where Function == AdamW.Rule {
  /// Exercise 5c: one step of AdamW.
  public static func adamWStep(_ own: Function) -> Self {
    Exercise(
      "5c", .intermediate, "AdamW, one step",
      summary: "Shrink every parameter by its weight decay, then make Adam's "
        + "step with the gradient as it is.",
      hints: [
        "If the gradient is zero, by which factor should a parameter shrink in "
          + "one step? What does Adam make of a decay hidden in the gradient?",
        "Shrink the parameters first, on their own. The gradient that Adam "
          + "sees stays the loss's alone.",
        "Multiply each parameter by `1 - learningRate * weightDecay`, then do "
          + "exactly Adam's step.",
      ],
      own: own, library: AdamW.step, task: task
    ) { step, run in
      run.adam { step($0, $1, $2, $3, run.weightDecay) }
    }
  }
}

private let task = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradient 0.5 twice, learning rate 0.2, weight decay 0.3; "
        + "1 · 0.94 − 0.2 = 0.74, then 0.74 · 0.94 − 0.2 = 0.4956",
      OptimizerRun(
        parameters: [1], gradients: [[0.5], [0.5]], learningRate: 0.2,
        weightDecay: 0.3))
  ] + OptimizerRun.randomQuestions,
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
    ) { $0.adam(Adam.step) },
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
        var result = Adam.step(
          parameters: parameters, gradients: gradients, state: state,
          learningRate: rate)
        result.parameters = result.parameters.map {
          $0 * (1 - rate * run.weightDecay)
        }
        return result
      }
    },
  ],
  invariants: [
    OptimizerRun.stateRule { run in
      run.adam {
        AdamW.step(
          parameters: $0, gradients: $1, state: $2, learningRate: $3,
          weightDecay: run.weightDecay)
      }
    }
  ])

/// Adam after a multiplication of the parameters by a function of the decay.
private func shrinking(_ run: OptimizerRun, _ factor: (Float) -> Float)
  -> OptimizerRun.AdamStep
{
  let factor = factor(run.weightDecay)
  return { parameters, gradients, state, rate in
    Adam.step(
      parameters: parameters.map { $0 * factor }, gradients: gradients,
      state: state, learningRate: rate)
  }
}
