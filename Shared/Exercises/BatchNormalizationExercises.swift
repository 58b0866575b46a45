extension Exercise {
  /// Exercise 4a: batch normalization forward.
  public static func batchNormalizationForward(
    _ attempt:
      @escaping @Sendable (
        Tensor, Tensor, Tensor, BatchStatistics, Float, Bool
      ) throws -> (output: Tensor, statistics: BatchStatistics)
  ) -> Exercise {
    Exercise(
      "4a", "batch normalization forward",
      hints: [
        "Each channel is a column. Of how many numbers is its mean, and which "
          + "places in `input.scalars` do they have?",
        "In training, measure each column: mean first, then the mean squared "
          + "distance from it. Otherwise take `running`. Then every number: "
          + "minus the mean, divided by a root, times scale, plus shift.",
        "The number of column c in row r is `input.scalars[r * channels + c]`; "
          + "it becomes `scale.scalars[c] * (x - mean[c]) / (variance[c] + "
          + "stabilizer).squareRoot() + shift.scalars[c]`.",
      ],
      task: batchNormalizationForwardTask
    ) {
      try attempt(
        $0.input, $0.scale, $0.shift, $0.running, $0.stabilizer, $0.isTraining)
    }
  }

  /// Exercise 4b: batch normalization backward.
  public static func batchNormalizationBackward(
    _ attempt:
      @escaping @Sendable (Tensor, Tensor, Tensor, BatchStatistics, Float)
      throws -> BatchNormalizationGradients
  ) -> Exercise {
    Exercise(
      "4b", "batch normalization backward",
      hints: [
        "If every input of a column grows by the same amount, how much do the "
          + "outputs change? What must then be the sum of the input gradients "
          + "of that column?",
        "Per column, first two sums: S of the output gradients, T of the "
          + "output gradients times x̂. They are two of the three answers, and "
          + "the third is made of them.",
        "With n rows and x̂ = (x − mean) / √(variance + stabilizer): the input "
          + "gradient is scale / √(variance + stabilizer) · (g − S / n − x̂ · T "
          + "/ n).",
      ],
      task: batchNormalizationBackwardTask
    ) {
      try attempt(
        $0.outputGradient, $0.input, $0.scale, $0.statistics, $0.stabilizer)
    }
  }

  /// Exercise 4c: the running statistics.
  public static func runningStatistics(
    _ attempt:
      @escaping @Sendable (BatchStatistics, BatchStatistics, Int, Float) throws
      -> BatchStatistics
  ) -> Exercise {
    Exercise(
      "4c", "running statistics",
      hints: [
        "After a thousand batches, should the last one weigh 0.1 or 0.9 of the "
          + "running mean? And is the variance of 3 numbers around their own "
          + "mean too small or too large for the variance of all numbers?",
        "Both statistics move by `momentum` of the way towards the batch. Only "
          + "the variance is first made larger, by rows / (rows − 1).",
        "`(1 - momentum) * old + momentum * new` for each channel, where new is "
          + "the batch's mean, and for the variance the batch's times "
          + "`Float(rows) / Float(rows - 1)`.",
      ],
      task: runningStatisticsTask
    ) { try attempt($0.running, $0.batch, $0.rows, $0.momentum) }
  }
}
