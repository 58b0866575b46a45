extension Exercise {
  /// Exercise 5a: one step of gradient descent with momentum.
  public static func momentumStep(
    _ attempt:
      @escaping @Sendable ([Float], [Float], [Float], Float, Float) throws
      -> (parameters: [Float], velocities: [Float])
  ) -> Exercise {
    Exercise(
      "5a", "SGD with momentum, one step",
      hints: [
        "With the same gradient g in every step and momentum 0.9, what does the "
          + "velocity grow to: g, 1.9 g, or 10 g?",
        "Two lines a number: first the velocity from its old value and the "
          + "gradient, then the parameter from the new velocity.",
        "`velocities[i] = momentum * velocities[i] + gradients[i]`, and the "
          + "parameter goes down by the learning rate times that.",
      ],
      task: momentumTask
    ) { run in
      try run.momentum { try attempt($0, $1, $2, $3, $4) }
    }
  }

  /// Exercise 5b: one step of Adam.
  public static func adamStep(
    _ attempt:
      @escaping @Sendable ([Float], [Float], AdamState, Float) throws -> (
        parameters: [Float], state: AdamState
      )
  ) -> Exercise {
    Exercise(
      "5b", "Adam, one step",
      hints: [
        "In the first step the mean is 0.1 · g and the mean square 0.001 · g². "
          + "Which division makes them g and g² again?",
        "Count the step first, then update both means, then divide each by "
          + "one minus its β to the power of the step.",
        "With mean and square corrected so, the parameter goes down by "
          + "learningRate · mean / (√square + 1e-8).",
      ],
      task: adamTask
    ) { run in
      try run.adam { try attempt($0, $1, $2, $3) }
    }
  }

  /// Exercise 5c: one step of AdamW.
  public static func adamWStep(
    _ attempt:
      @escaping @Sendable ([Float], [Float], AdamState, Float, Float) throws
      -> (parameters: [Float], state: AdamState)
  ) -> Exercise {
    Exercise(
      "5c", "AdamW, one step",
      hints: [
        "If the gradient is zero, by which factor should a parameter shrink in "
          + "one step? What does Adam make of a decay hidden in the gradient?",
        "Shrink the parameters first, on their own. The gradient that Adam "
          + "sees stays the loss's alone.",
        "Multiply each parameter by `1 - learningRate * weightDecay`, then do "
          + "exactly Adam's step.",
      ],
      task: adamWTask
    ) { run in
      try run.adam { try attempt($0, $1, $2, $3, run.weightDecay) }
    }
  }
}
