import Testing

@testable import Lesson
@testable import Shared

@Suite struct RunningStatisticsTests {
  @Test func `each mistake with running statistics is named`() throws {
    expectDiagnoses([
      "momentum on the wrong side": .runningStatistics { old, new, n, m in
        let variance = new.variance * (Float(n) / Float(n - 1))
        return .init(
          mean: old.mean * m + new.mean * (1 - m),
          variance: old.variance * m + variance * (1 - m))
      },
      "biased variance where unbiased belongs": .runningStatistics {
        old, new, _, m in
        .init(
          mean: old.mean * (1 - m) + new.mean * m,
          variance: old.variance * (1 - m) + new.variance * m)
      },
      "overwritten by the batch": .runningStatistics { _, new, n, _ in
        .init(
          mean: new.mean,
          variance: new.variance * (Float(n) / Float(n - 1)))
      },
      "overwritten by the batch, uncorrected": .runningStatistics {
        _, new, _, _ in new
      },
      "deviation instead of variance": .runningStatistics { old, new, _, m in
        .init(
          mean: old.mean * (1 - m) + new.mean * m,
          variance: old.variance * (1 - m)
            + new.variance.map { $0.squareRoot() } * m)
      },
      "corrected the wrong way round": .runningStatistics { old, new, n, m in
        let variance = new.variance * (1 - 1 / Float(n))
        return .init(
          mean: old.mean * (1 - m) + new.mean * m,
          variance: old.variance * (1 - m) + variance * m)
      },
    ])
  }
}
