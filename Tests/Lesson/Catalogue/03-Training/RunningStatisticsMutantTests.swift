import Testing

@testable import Lesson
@testable import Shared

@Suite struct RunningStatisticsMutantTests {
  @Test func `4c: changed results are refused`() {
    expectMutantsRefused(
      of: updatedRunningStatistics,
      spoiledBy: changes(of: \.mean, Change.tensor)
        + changes(of: \.variance, Change.tensor)
    ) { mutant in .runningStatistics { mutant($0, $1, $2, $3) } }
  }

  @Test func `4c: every rule is asked for`() {
    @Sendable func moved(
      _ old: BatchStatistics, _ new: BatchStatistics, _ mean: Float,
      _ variance: Float, meanFactor: Float = 1, oldFactor: Float = 1,
      factor: Float
    ) -> BatchStatistics {
      BatchStatistics(
        mean: old.mean * (1 - mean) + new.mean * meanFactor * mean,
        variance: old.variance * oldFactor * (1 - variance)
          + new.variance * factor * variance)
    }
    @Sendable func unbiased(_ rows: Int) -> Float {
      Float(rows) / Float(rows - 1)
    }
    expectRefused([
      "the mean moves": .runningStatistics { old, new, n, m in
        moved(old, new, 0, m, factor: unbiased(n))
      },
      "the variance moves": .runningStatistics { old, new, n, m in
        moved(old, new, m, 0, factor: unbiased(n))
      },
      "the mean is not corrected": .runningStatistics { old, new, n, m in
        moved(old, new, m, m, meanFactor: unbiased(n), factor: unbiased(n))
      },
      "the old variance is not corrected": .runningStatistics {
        old, new, n, m in
        moved(old, new, m, m, oldFactor: unbiased(n), factor: unbiased(n))
      },
      "rows − 1, not rows − 2": .runningStatistics { old, new, n, m in
        moved(old, new, m, m, factor: Float(n) / (Float(n) - 1.5))
      },
      "a factor of its own for each rows": .runningStatistics {
        old, new, _, m in moved(old, new, m, m, factor: 1.25)
      },
      "the old keeps 1 − momentum": .runningStatistics { old, new, n, m in
        BatchStatistics(
          mean: old.mean + new.mean * m,
          variance: old.variance + new.variance * (unbiased(n) * m))
      },
      "momentum of the mean": .runningStatistics { old, new, n, m in
        moved(old, new, 1 - m, m, factor: unbiased(n))
      },
      "momentum of the variance": .runningStatistics { old, new, n, m in
        moved(old, new, m, 1 - m, factor: unbiased(n))
      },
    ])
  }
}
