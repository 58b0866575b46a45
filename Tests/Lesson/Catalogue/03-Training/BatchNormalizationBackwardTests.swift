import Testing

@testable import Lesson
@testable import Shared

@Suite struct BatchNormalizationBackwardTests {
  @Test func `each mistake backward is named`() throws {
    expectDiagnoses([
      "mean and variance taken as constants": .batchNormalizationBackward {
        backward($0, $1, $2, $3, $4) { g, _, _, _, _ in g }
      },
      "path through the variance forgotten": .batchNormalizationBackward {
        backward($0, $1, $2, $3, $4) { g, _, sum, _, n in g - sum / n }
      },
      "path through the mean forgotten": .batchNormalizationBackward {
        backward($0, $1, $2, $3, $4) { g, x, _, product, n in
          g - x * product / n
        }
      },
      "scale forgotten on the way back": .batchNormalizationBackward {
        var result = backward($0, $1, $2, $3, $4)
        let one = backward($0, $1, $2.map { _ in 1 }, $3, $4)
        result.input = one.input
        return result
      },
      "gradients averaged instead of summed": .batchNormalizationBackward {
        var result = backward($0, $1, $2, $3, $4)
        let rows = Float($1.shape[0])
        result.scale = result.scale * (1 / rows)
        result.shift = result.shift * (1 / rows)
        return result
      },
      "scale gradient from the raw input": .batchNormalizationBackward {
        var result = backward($0, $1, $2, $3, $4)
        let (g, x) = (
          NormalizationByHand.columns(of: $0),
          NormalizationByHand.columns(of: $1)
        )
        result.scale = Tensor(
          zip(g, x).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } })
        return result
      },
      "variance instead of the deviation": .batchNormalizationBackward {
        // Squared, so that the root of it is what was there before.
        g, x, scale, statistics, epsilon in
        var statistics = statistics
        statistics.variance = statistics.variance.map {
          ($0 + epsilon) * ($0 + epsilon) - epsilon
        }
        return backward(g, x, scale, statistics, epsilon)
      },
      "not divided by the deviation": .batchNormalizationBackward {
        var result = backward($0, $1, $2, $3, $4)
        for r in 0..<$1.shape[0] {
          for c in 0..<$1.shape[1] {
            result.input[r, c] *= ($3.variance.scalars[c] + $4).squareRoot()
          }
        }
        return result
      },
    ])
  }
}

/// Backward with a rule for one slope: from the gradient, x̂, both sums and n.
private func backward(
  _ gradient: Tensor, _ x: Tensor, _ scale: Tensor, _ used: BatchStatistics,
  _ epsilon: Float,
  slope: (Float, Float, Float, Float, Float) -> Float = {
    $0 - $2 / $4 - $1 * $3 / $4
  }
) -> BatchNormalizationGradients {
  var result = BatchNormalizationGradients(
    input: x, scale: scale, shift: scale)
  let normalized = NormalizationByHand.normalize(
    x, scale.map { _ in 1 }, scale.map { _ in 0 }, used, epsilon)
  for c in 0..<x.shape[1] {
    let (g, hat) = (
      NormalizationByHand.columns(of: gradient)[c],
      NormalizationByHand.columns(of: normalized)[c]
    )
    let sum = g.reduce(0, +)
    let product = zip(g, hat).map { $0 * $1 }.reduce(0, +)
    result.shift.scalars[c] = sum
    result.scale.scalars[c] = product
    let root = (used.variance.scalars[c] + epsilon).squareRoot()
    for r in g.indices {
      result.input[r, c] =
        scale.scalars[c] / root
        * slope(g[r], hat[r], sum, product, Float(g.count))
    }
  }
  return result
}
