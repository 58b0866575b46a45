import Testing

@testable import Lesson
@testable import Shared

@Suite struct BatchNormalizationExercisesTests {
  private typealias Functions = BatchNormalizationFunctions

  @Test func `right answers pass, however written`() throws {
    #expect(
      graded(.batchNormalizationForward(batchNormalizedForward))
        == "solved"
    )
    #expect(
      graded(.batchNormalizationBackward(batchNormalizedBackward))
        == "solved")
    #expect(
      graded(.runningStatistics(updatedRunningStatistics)) == "solved")
    // The library's own: factors instead of divisions, sums in Double.
    #expect(
      graded(.batchNormalizationForward(Functions.normalize))
        == "solved")
    #expect(
      graded(.batchNormalizationBackward(Functions.gradients))
        == "solved")
    #expect(graded(.runningStatistics(Functions.updated)) == "solved")
  }

  @Test func `the mean of the squares minus the square of the mean passes`()
    throws
  {
    #expect(
      graded(
        .batchNormalizationForward {
          input, scale, shift, running, epsilon, isTraining in
          let columns = NormalizationByHand.columns(of: input)
          let means = columns.map { $0.reduce(0, +) / Float($0.count) }
          let squares = columns.map {
            $0.reduce(0) { $0 + $1 * $1 } / Float($0.count)
          }
          let used =
            isTraining
            ? BatchStatistics(
              mean: Tensor(means),
              variance: Tensor(zip(squares, means).map { $0 - $1 * $1 }))
            : running
          return (
            NormalizationByHand.normalize(
              input, scale, shift, used, epsilon), used
          )
        }) == "solved")
  }

  @Test func `the chain rule in three paths passes`() throws {
    // As the paper writes it: through x̂, through the variance, the mean.
    #expect(
      graded(
        .batchNormalizationBackward { g, x, scale, statistics, epsilon in
          var result = BatchNormalizationGradients(
            input: x, scale: scale, shift: scale)
          for (c, column) in NormalizationByHand.columns(of: x).enumerated() {
            let outer = NormalizationByHand.columns(of: g)[c]
            let n = Float(column.count)
            let mean = statistics.mean.scalars[c]
            let variance = statistics.variance.scalars[c] + epsilon
            let inner = outer.map { $0 * scale.scalars[c] }
            let varianceGradient = zip(inner, column).reduce(Float(0)) {
              $0 + $1.0 * ($1.1 - mean) * -0.5
                / (variance * variance.squareRoot())
            }
            let meanGradient = -inner.reduce(0, +) / variance.squareRoot()
            for r in column.indices {
              result.input[r, c] =
                inner[r] / variance.squareRoot()
                + varianceGradient * 2 * (column[r] - mean) / n
                + meanGradient / n
            }
            result.shift.scalars[c] = outer.reduce(0, +)
            result.scale.scalars[c] = zip(outer, column).reduce(0) {
              $0 + $1.0 * ($1.1 - mean) / variance.squareRoot()
            }
          }
          return result
        }) == "solved")
    #expect(
      graded(
        .runningStatistics { running, batch, rows, momentum in
          var result = running
          let n = Float(rows)
          for c in 0..<running.mean.count {
            result.mean.scalars[c] +=
              momentum * (batch.mean.scalars[c] - running.mean.scalars[c])
            result.variance.scalars[c] +=
              momentum
              * (batch.variance.scalars[c] * n / (n - 1)
                - running.variance.scalars[c])
          }
          return result
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(
      graded(
        .batchNormalizationForward { input, _, _, running, _, _ in
          (input, running)
        }) == "refused")
    #expect(
      graded(
        .batchNormalizationForward { input, _, _, running, _, _ in
          (Tensor(input.scalars), running)
        }) == "refused")
    #expect(
      graded(
        .batchNormalizationBackward { g, _, scale, _, _ in
          .init(input: g, scale: scale, shift: scale)
        }) == "refused")
    #expect(
      graded(.runningStatistics { running, _, _, _ in running })
        == "refused")
  }
}
