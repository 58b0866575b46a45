import Testing

@testable import Lesson
@testable import Shared

@Suite struct BatchNormalizationMutantTests {
  @Test func `4a: changed results are refused`() {
    expectMutantsRefused(
      of: batchNormalizedForward,
      spoiledBy: changes(of: \.output, Change.tensor)
        + changes(of: \.statistics.mean, Change.tensor)
        + changes(of: \.statistics.variance, Change.tensor)
    ) { mutant in .batchNormalizationForward { mutant($0, $1, $2, $3, $4, $5) }
    }
  }

  @Test func `4a: every rule of the output is asked for`() {
    expectRefused([
      "scale": forward { input in input.scale = input.scale.map { _ in 1 } },
      "shift": forward { input in input.shift = input.shift.map { _ in 0 } },
      "epsilon": forward { input in input.epsilon = 0 },
      "a scale for each channel": forward { input in
        let first = input.scale.scalars[0]
        input.scale = input.scale.map { _ in first }
      },
      "a shift for each channel": forward { input in
        let first = input.shift.scalars[0]
        input.shift = input.shift.map { _ in first }
      },
      "scale before shift": forward { input in
        input.shift = input.shift.combined(with: input.scale) { $0 * $1 }
      },
      "in training the batch's mean": forward { input in
        input.isTraining = false
        let own = NormalizationByHand.statistics(of: input.input)
        input.running.variance = own.variance
      },
      "in training the batch's variance": forward { input in
        input.isTraining = false
        let own = NormalizationByHand.statistics(of: input.input)
        input.running.mean = own.mean
      },
    ])
  }

  @Test func `4a: the statistics that were used come back`() {
    @Sendable func returning(
      _ statistics:
        @escaping @Sendable (Tensor, BatchStatistics, BatchStatistics)
        -> BatchStatistics
    ) -> Exercise<BatchNormalizationFunctions.Forward> {
      .batchNormalizationForward { input, scale, shift, running, e, training in
        var result = batchNormalizedForward(
          input, scale: scale, shift: shift, running: running, epsilon: e,
          isTraining: training)
        result.statistics = statistics(input, running, result.statistics)
        return result
      }
    }
    expectRefused([
      "not the running ones": returning { _, running, _ in running },
      "not the batch's in inference": returning { input, _, _ in
        NormalizationByHand.statistics(of: input)
      },
      "not the unbiased variance": returning { input, running, used in
        used == running
          ? used : NormalizationByHand.statistics(of: input, unbiased: true)
      },
      "a variance, no deviation": returning { _, _, used in
        BatchStatistics(
          mean: used.mean, variance: used.variance.map { $0.squareRoot() })
      },
      "without epsilon": returning { _, _, used in
        BatchStatistics(
          mean: used.mean, variance: used.variance.map { $0 + 0.01 })
      },
    ])
  }

  @Test func `4b: changed results are refused`() {
    expectMutantsRefused(
      of: batchNormalizedBackward,
      spoiledBy: changes(of: \.input, Change.tensor)
        + changes(of: \.scale, Change.tensor)
        + changes(of: \.shift, Change.tensor)
    ) { mutant in .batchNormalizationBackward { mutant($0, $1, $2, $3, $4) } }
  }

  @Test func `4b: every rule is asked for`() {
    expectRefused([
      "epsilon": backward { _, epsilon in epsilon = 0 },
      "the mean": backward { statistics, _ in
        statistics.mean = statistics.mean.map { _ in 0 }
      },
      "the variance": backward { statistics, _ in
        statistics.variance = statistics.variance.map { _ in 1 }
      },
      "the variance as it comes in": backward { statistics, _ in
        statistics.variance = statistics.variance * 1.2
      },
      "statistics for each channel": backward { statistics, _ in
        let first = statistics.mean.scalars[0]
        statistics.mean = statistics.mean.map { _ in first }
      },
      "the root of variance and epsilon": backward { statistics, epsilon in
        statistics.variance = statistics.variance.map { [epsilon] in
          ($0 + epsilon) * ($0 + epsilon) - epsilon
        }
      },
    ])
  }
}

/// The right answer to a question in which one thing is changed.
private func forward(
  after change: @escaping @Sendable (inout NormalizationInput) -> Void
) -> Exercise<BatchNormalizationFunctions.Forward> {
  .batchNormalizationForward {
    input, scale, shift, running, epsilon, training in
    var question = NormalizationInput(
      input: input, scale: scale, shift: shift, running: running,
      epsilon: epsilon, isTraining: training)
    if training { change(&question) }
    var result = batchNormalizedForward(
      question.input, scale: question.scale, shift: question.shift,
      running: question.running, epsilon: question.epsilon,
      isTraining: question.isTraining)
    if training {
      result.statistics = NormalizationByHand.statistics(of: input)
    }
    return result
  }
}

/// The same for the way back.
private func backward(
  after change: @escaping @Sendable (inout BatchStatistics, inout Float) -> Void
) -> Exercise<BatchNormalizationFunctions.Backward> {
  .batchNormalizationBackward { gradient, input, scale, statistics, epsilon in
    var (statistics, epsilon) = (statistics, epsilon)
    change(&statistics, &epsilon)
    return batchNormalizedBackward(
      outputGradient: gradient, input: input, scale: scale,
      statistics: statistics, epsilon: epsilon)
  }
}
