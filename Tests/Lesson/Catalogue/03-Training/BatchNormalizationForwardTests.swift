import Testing

@testable import Lesson
@testable import Shared

@Suite struct BatchNormalizationForwardTests {
  @Test func `each mistake forward is named`() throws {
    expectDiagnoses([
      "running statistics used in training": .batchNormalizationForward {
        x, scale, shift, running, epsilon, _ in
        (
          NormalizationByHand.normalize(x, scale, shift, running, epsilon),
          running
        )
      },
      "batch statistics used in inference": .batchNormalizationForward {
        x, scale, shift, _, epsilon, _ in
        let own = NormalizationByHand.statistics(of: x)
        return (
          NormalizationByHand.normalize(x, scale, shift, own, epsilon), own
        )
      },
      "unbiased variance in the normalization": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        let own =
          isTraining
          ? NormalizationByHand.statistics(of: x, unbiased: true) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, epsilon), own
        )
      },
      "statistics of a row": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        guard isTraining else {
          return (
            NormalizationByHand.normalize(x, scale, shift, own, epsilon), own
          )
        }
        var output = x
        for r in 0..<x.shape[0] {
          let row = x.rows(r..<r + 1)
          let mean = Float(row.mean)
          let variance = Float(row.map { ($0 - mean) * ($0 - mean) }.mean)
          for c in 0..<x.shape[1] {
            output[r, c] =
              scale.scalars[c] * (x[r, c] - mean)
              / (variance + epsilon).squareRoot() + shift.scalars[c]
          }
        }
        let rows = Tensor(
          shape: [x.shape[1], x.shape[0]],
          scalars: (0..<x.shape[1]).flatMap { c in
            (0..<x.shape[0]).map { x[$0, c] }
          })
        return (output, NormalizationByHand.statistics(of: rows))
      },
      "deviation returned for the variance": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        var result = batchNormalizedForward(
          x, scale: scale, shift: shift, running: running, epsilon: epsilon,
          isTraining: isTraining)
        result.statistics.variance = result.statistics.variance.map {
          $0.squareRoot()
        }
        return result
      },
      "divided by the variance": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, epsilon) {
            $0 + $1
          }, own
        )
      },
      "epsilon outside the root": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, epsilon) {
            $0.squareRoot() + $1
          },
          own
        )
      },
      "scale and shift forgotten": .batchNormalizationForward {
        x, scale, _, running, epsilon, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        let (one, zero) = (scale.map { _ in 1 }, scale.map { _ in 0 })
        return (
          NormalizationByHand.normalize(x, one, zero, own, epsilon), own
        )
      },
      "mean not subtracted": .batchNormalizationForward {
        x, scale, shift, running, epsilon, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        var centered = own
        centered.mean = own.mean.map { _ in 0 }
        return (
          NormalizationByHand.normalize(x, scale, shift, centered, epsilon),
          own
        )
      },
    ])
  }
}
