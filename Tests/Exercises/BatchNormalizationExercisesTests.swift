import Testing

@testable import Shared

@Suite struct BatchNormalizationExercisesTests {
  private typealias Functions = BatchNormalizationFunctions

  @Test func `right answers pass, however written`() throws {
    #expect(
      try graded(.batchNormalizationForward(batchNormalizedForward)) == "solved"
    )
    #expect(
      try graded(.batchNormalizationBackward(batchNormalizedBackward))
        == "solved")
    #expect(
      try graded(.runningStatistics(updatedRunningStatistics)) == "solved")
    // The library's own: factors instead of divisions, sums in Double.
    #expect(
      try graded(.batchNormalizationForward(Functions.libraryForward))
        == "solved")
    #expect(
      try graded(.batchNormalizationBackward(Functions.libraryBackward))
        == "solved")
    #expect(try graded(.runningStatistics(Functions.libraryUpdate)) == "solved")
  }

  @Test func `the mean of the squares minus the square of the mean passes`()
    throws
  {
    #expect(
      try graded(
        .batchNormalizationForward {
          input, scale, shift, running, stabilizer, isTraining in
          let columns = columns(of: input)
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
          return (normalize(input, scale, shift, used, stabilizer), used)
        }) == "solved")
  }

  @Test func `the chain rule in three paths passes`() throws {
    // As the paper writes it: through x̂, through the variance, the mean.
    #expect(
      try graded(
        .batchNormalizationBackward { g, x, scale, statistics, stabilizer in
          var result = BatchNormalizationGradients(
            input: x, scale: scale, shift: scale)
          for (c, column) in columns(of: x).enumerated() {
            let outer = columns(of: g)[c]
            let n = Float(column.count)
            let mean = statistics.mean.scalars[c]
            let variance = statistics.variance.scalars[c] + stabilizer
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
      try graded(
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

  @Test func `no answer and trivial answers`() throws {
    #expect(
      try graded(
        .batchNormalizationForward { _, _, _, _, _, _ in throw Unsolved() })
        == "unsolved")
    #expect(
      try graded(
        .batchNormalizationForward { input, _, _, running, _, _ in
          (input, running)
        }) == "refused")
    #expect(
      try graded(
        .batchNormalizationForward { input, _, _, running, _, _ in
          (Tensor(input.scalars), running)
        }) == "refused")
    #expect(
      try graded(
        .batchNormalizationBackward { g, _, scale, _, _ in
          .init(input: g, scale: scale, shift: scale)
        }) == "refused")
    #expect(
      try graded(.runningStatistics { running, _, _, _ in running })
        == "refused")
  }

  @Test func `each mistake forward is named`() throws {
    try expectDiagnoses([
      "running statistics used in training": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, _ in
        (normalize(x, scale, shift, running, stabilizer), running)
      },
      "batch statistics used in inference": .batchNormalizationForward {
        x, scale, shift, _, stabilizer, _ in
        let own = statistics(of: x)
        return (normalize(x, scale, shift, own, stabilizer), own)
      },
      "unbiased variance in the normalization": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? statistics(of: x, unbiased: true) : running
        return (normalize(x, scale, shift, own, stabilizer), own)
      },
      "statistics of a row": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? statistics(of: x) : running
        guard isTraining else {
          return (normalize(x, scale, shift, own, stabilizer), own)
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
        let own = isTraining ? statistics(of: x) : running
        return (
          normalize(x, scale, shift, own, stabilizer) { $0 + $1 }, own
        )
      },
      "stabilizer outside the root": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? statistics(of: x) : running
        return (
          normalize(x, scale, shift, own, stabilizer) { $0.squareRoot() + $1 },
          own
        )
      },
      "scale and shift forgotten": .batchNormalizationForward {
        x, scale, _, running, stabilizer, isTraining in
        let own = isTraining ? statistics(of: x) : running
        let (one, zero) = (scale.map { _ in 1 }, scale.map { _ in 0 })
        return (normalize(x, one, zero, own, stabilizer), own)
      },
      "mean not subtracted": .batchNormalizationForward {
        x, scale, shift, running, stabilizer, isTraining in
        let own = isTraining ? statistics(of: x) : running
        var centered = own
        centered.mean = own.mean.map { _ in 0 }
        return (normalize(x, scale, shift, centered, stabilizer), own)
      },
    ])
  }

  @Test func `each mistake backward is named`() throws {
    try expectDiagnoses([
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
        let (g, x) = (columns(of: $0), columns(of: $1))
        result.scale = Tensor(
          zip(g, x).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } })
        return result
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

  @Test func `each mistake with running statistics is named`() throws {
    try expectDiagnoses([
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

private func columns(of tensor: Tensor) -> [[Float]] {
  (0..<tensor.shape[1]).map { c in
    (0..<tensor.shape[0]).map { tensor[$0, c] }
  }
}

private func statistics(of tensor: Tensor, unbiased: Bool = false)
  -> BatchStatistics
{
  let all = columns(of: tensor)
  let means = all.map { $0.reduce(0, +) / Float($0.count) }
  let variances = zip(all, means).map { column, mean in
    let sum = column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return sum / Float(unbiased ? column.count - 1 : column.count)
  }
  return BatchStatistics(mean: Tensor(means), variance: Tensor(variances))
}

private func normalize(
  _ x: Tensor, _ scale: Tensor, _ shift: Tensor, _ used: BatchStatistics,
  _ stabilizer: Float,
  by divisor: (Float, Float) -> Float = { ($0 + $1).squareRoot() }
) -> Tensor {
  var output = x
  for r in 0..<x.shape[0] {
    for c in 0..<x.shape[1] {
      let distance = x[r, c] - used.mean.scalars[c]
      let root = divisor(used.variance.scalars[c], stabilizer)
      output[r, c] = distance / root * scale.scalars[c] + shift.scalars[c]
    }
  }
  return output
}

/// Backward with a rule for one slope: from the gradient, x̂, both sums and n.
private func backward(
  _ gradient: Tensor, _ x: Tensor, _ scale: Tensor, _ used: BatchStatistics,
  _ stabilizer: Float,
  slope: (Float, Float, Float, Float, Float) -> Float = {
    $0 - $2 / $4 - $1 * $3 / $4
  }
) -> BatchNormalizationGradients {
  var result = BatchNormalizationGradients(
    input: x, scale: scale, shift: scale)
  let normalized = normalize(
    x, scale.map { _ in 1 }, scale.map { _ in 0 }, used, stabilizer)
  for c in 0..<x.shape[1] {
    let (g, hat) = (columns(of: gradient)[c], columns(of: normalized)[c])
    let sum = g.reduce(0, +)
    let product = zip(g, hat).map { $0 * $1 }.reduce(0, +)
    result.shift.scalars[c] = sum
    result.scale.scalars[c] = product
    let root = (used.variance.scalars[c] + stabilizer).squareRoot()
    for r in g.indices {
      result.input[r, c] =
        scale.scalars[c] / root
        * slope(g[r], hat[r], sum, product, Float(g.count))
    }
  }
  return result
}
