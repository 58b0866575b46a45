import Shared

extension Exercise where Function == SGD.Rule {
  /// Exercise 5a: one step of gradient descent with momentum.
  public static func momentumStep(_ own: Function) -> Self {
    Exercise(
      "5a", .intermediate, "SGD with momentum, one step",
      summary: "Update each velocity with its gradient, then move each "
        + "parameter against its velocity.",
      hints: [
        "With the same gradient g in every step and momentum 0.9, what does the "
          + "velocity grow to: g, 1.9 g, or 10 g?",
        "Two lines a number: first the velocity from its old value and the "
          + "gradient, then the parameter from the new velocity.",
        "`velocities[i] = momentum * velocities[i] + gradients[i]`, and the "
          + "parameter goes down by the learning rate times that.",
      ],
      own: own, library: SGD.step, task: task
    ) { step, run in run.momentum(step) }
  }
}

private let task = GradedTask<OptimizerRun, OptimizerRun.Path>(
  questions: [
    .init(
      "parameter 1, gradients 1 and then 2, learning rate 0.2, momentum 0.9; "
        + "the velocities are 1 and 2.9, the parameter 0.8 and then 0.22",
      OptimizerRun(
        parameters: [1], gradients: [[1], [2]], learningRate: 0.2))
  ] + OptimizerRun.randomQuestions,
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
      "momentum reversed",
      "Momentum is the share of the old velocity that stays: with 0.9 nine "
        + "tenths of it, not one."
    ) { $0.momentum(momentum(velocity: { (1 - $1) * $0 + $2 })) },
    .init(
      "momentum as the share of the new",
      "For running statistics momentum is the share of the new. Here it is that "
        + "of the old velocity, and the gradient comes in whole."
    ) { $0.momentum(momentum(velocity: { (1 - $1) * $0 + $1 * $2 })) },
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
  ],
  invariants: [OptimizerRun.stateRule { $0.momentum(SGD.step) }])

/// A momentum step with another sign or another rule for the velocity, which
/// gets the old velocity, the momentum and the gradient.
private func momentum(
  sign: Float = -1, velocity rule: @escaping (Float, Float, Float) -> Float
) -> OptimizerRun.MomentumStep {
  { parameters, gradients, velocities, rate, momentum in
    let new = zip(velocities, gradients).map { rule($0, momentum, $1) }
    return (zip(parameters, new).map { $0 + sign * rate * $1 }, new)
  }
}
