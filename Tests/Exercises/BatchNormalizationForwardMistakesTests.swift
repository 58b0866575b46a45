import Testing

@testable import Shared

@Suite struct BatchNormalizationForwardMistakesTests {
  @Test func `each mistake forward is named`() throws {
    try expectDiagnoses([
      "running statistics used in training": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, _ in
        (
          NormalizationByHand.normalize(x, scale, shift, running, stabilizer),
          running
        )
      },
      "batch statistics used in inference": .batchNormalizationForward {
        x, scale, shift, _, stabilizer, _ in
        let own = NormalizationByHand.statistics(of: x)
        return (
          NormalizationByHand.normalize(x, scale, shift, own, stabilizer), own
        )
      },
      "unbiased variance in the normalization": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own =
          isTraining
          ? NormalizationByHand.statistics(of: x, unbiased: true) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, stabilizer), own
        )
      },
      "statistics of a row": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        guard isTraining else {
          return (
            NormalizationByHand.normalize(x, scale, shift, own, stabilizer), own
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
              / (variance + stabilizer).squareRoot() + shift.scalars[c]
          }
        }
        return (output, own)
      },
      "divided by the variance": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, stabilizer) {
            $0 + $1
          }, own
        )
      },
      "stabilizer outside the root": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        return (
          NormalizationByHand.normalize(x, scale, shift, own, stabilizer) {
            $0.squareRoot() + $1
          },
          own
        )
      },
      "scale and shift forgotten": .batchNormalizationForward {
        x, scale, _, running, stabilizer, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        let (one, zero) = (scale.map { _ in 1 }, scale.map { _ in 0 })
        return (
          NormalizationByHand.normalize(x, one, zero, own, stabilizer), own
        )
      },
      "mean not subtracted": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? NormalizationByHand.statistics(of: x) : running
        var centered = own
        centered.mean = own.mean.map { _ in 0 }
        return (
          NormalizationByHand.normalize(x, scale, shift, centered, stabilizer),
          own
        )
      },
    ])
  }
}
