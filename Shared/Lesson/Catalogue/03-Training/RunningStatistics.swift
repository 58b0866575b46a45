import Shared

extension Exercise where Function == BatchNormalizationFunctions.Update {
  /// Exercise 4c: the running statistics.
  public static func runningStatistics(_ own: Function) -> Self {
    Exercise(
      "4c", .intermediate, "running statistics",
      summary: "Move the running mean and variance a little towards those of "
        + "the batch.",
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
      own: own, library: BatchNormalizationFunctions.updated, task: task
    ) {
      $0($1.running, $1.batch, $1.rows, $1.momentum)
    }
  }
}

/// What 4c is asked.
struct RunningStatisticsInput: Sendable {
  var running: BatchStatistics
  var batch: BatchStatistics
  var rows: Int
  var momentum: Float

  static func random(_ seed: UInt64, rows: Int, momentum: Float)
    -> RunningStatisticsInput
  {
    var generator = SeededGenerator(seed: seed)
    func numbers() -> Tensor {
      Tensor((0..<3).map { _ in 0.5 + generator.uniform() })
    }
    return RunningStatisticsInput(
      running: BatchStatistics(mean: numbers(), variance: numbers()),
      batch: BatchStatistics(mean: numbers(), variance: numbers()), rows: rows,
      momentum: momentum)
  }

  /// Moves towards the batch by a share, with a factor for the variance.
  func moved(
    by share: Float,
    variance: (Float, Int) -> Float = { variance, rows in
      variance * Float(rows) / Float(rows - 1)
    }
  ) -> BatchStatistics {
    let target = batch.variance.map { variance($0, rows) }
    return BatchStatistics(
      mean: running.mean * (1 - share) + batch.mean * share,
      variance: running.variance * (1 - share) + target * share)
  }
}

private let task = GradedTask<RunningStatisticsInput, BatchStatistics>(
  questions: [
    .init(
      "running mean 1 and variance 2, batch of 5 rows with mean 7 and variance "
        + "8, momentum 0.1; mean 0.9 · 1 + 0.1 · 7 = 1.6, variance 0.9 · 2 + "
        + "0.1 · 8 · 5/4 = 2.8",
      RunningStatisticsInput(
        running: BatchStatistics(mean: Tensor([1]), variance: Tensor([2])),
        batch: BatchStatistics(mean: Tensor([7]), variance: Tensor([8])),
        rows: 5, momentum: 0.1)),
    .init("three channels, 6 rows", .random(1, rows: 6, momentum: 0.1)),
    .init(
      "three channels, 3 rows, momentum 0.3",
      .random(2, rows: 3, momentum: 0.3)),
  ],
  difference: { expected, actual in
    Difference.between(expected.mean, actual.mean, at: "mean")
      ?? Difference.between(expected.variance, actual.variance, at: "variance")
  },
  misconceptions: [
    .init(
      "momentum on the wrong side",
      "Here momentum is the share of the new batch, 0.1; the old statistics "
        + "keep 0.9. (For SGD the word means the opposite.)"
    ) { $0.moved(by: 1 - $0.momentum) },
    .init(
      "biased variance where unbiased belongs",
      "The variance around a batch's own mean is too small for that of all "
        + "images. The running one is corrected by rows / (rows − 1)."
    ) { $0.moved(by: $0.momentum) { variance, _ in variance } },
    .init(
      "overwritten by the batch",
      "The running statistics are a mean over many batches; the last one alone "
        + "would be as noisy as any."
    ) { $0.moved(by: 1) },
    .init(
      "overwritten by the batch, uncorrected",
      "The running statistics are a mean over many batches, and their variance "
        + "is the corrected one."
    ) { $0.batch },
    .init(
      "deviation instead of variance",
      "The running statistics keep the variance; its root is taken when they "
        + "are used."
    ) { $0.moved(by: $0.momentum) { variance, _ in variance.squareRoot() } },
    .init(
      "corrected the wrong way round",
      "Rows / (rows − 1) is larger than one, and makes the variance larger."
    ) {
      $0.moved(by: $0.momentum) { variance, rows in
        variance * Float(rows - 1) / Float(rows)
      }
    },
  ])
