import Shared

extension Exercise where Function == BatchNormalizationFunctions.Backward {
  /// Exercise 4b: batch normalization backward.
  public static func batchNormalizationBackward(_ own: Function)
    -> Self
  {
    Exercise(
      "4b", .intermediate, "batch normalization backward",
      summary: "Return the gradients of input, scale and shift from that of "
        + "the output, in training.",
      hints: [
        "If every input of a column grows by the same amount, how much do the "
          + "outputs change? What must then be the sum of the input gradients "
          + "of that column?",
        "Per column, first two sums: S of the output gradients, T of the "
          + "output gradients times x̂. They are two of the three answers, and "
          + "the third is made of them.",
        "The input gradient of a row has three terms: its own g; less the part "
          + "of S that goes through the mean, the same for all n rows; less the "
          + "part of T that goes through the variance, in proportion to x̂. Then "
          + "multiply by how much the output grows with x.",
      ],
      own: own, library: BatchNormalizationFunctions.gradients, task: task
    ) {
      $0(
        $1.outputGradient, $1.input, $1.scale, $1.statistics, $1.epsilon)
    }
  }
}

/// What 4b is asked.
struct NormalizationGradientInput: Sendable {
  var outputGradient: Tensor
  var input: Tensor
  var scale: Tensor
  var statistics: BatchStatistics
  var epsilon: Float

  static func random(_ seed: UInt64) -> NormalizationGradientInput {
    let question = NormalizationInput.random(seed, isTraining: true)
    var generator = SeededGenerator(seed: seed + 100)
    let statistics = BatchNormalizationFunctions.normalize(
      question.input, scale: question.scale, shift: question.shift,
      running: question.running, epsilon: question.epsilon,
      isTraining: true
    ).statistics
    return NormalizationGradientInput(
      outputGradient: question.input.map { _ in 0.5 + generator.uniform() },
      input: question.input, scale: question.scale, statistics: statistics,
      epsilon: question.epsilon)
  }
}

/// Batch normalization backward with a choice of mistakes.
private struct FlawedBackward: Sendable {
  var throughMean = true
  var throughVariance = true
  var scalesInput = true
  var averages = false
  var normalizesForScale = true
  var usesDeviation = true
  var takesRoot = true

  func callAsFunction(_ question: NormalizationGradientInput)
    -> BatchNormalizationGradients
  {
    let (rows, channels) = (question.input.shape[0], question.input.shape[1])
    var result = BatchNormalizationGradients(
      input: question.input, scale: question.scale, shift: question.scale)
    for c in 0..<channels {
      let variance =
        question.statistics.variance.scalars[c] + question.epsilon
      let root = takesRoot ? variance.squareRoot() : variance
      let normalized = (0..<rows).map {
        (question.input[$0, c] - question.statistics.mean.scalars[c]) / root
      }
      let g = (0..<rows).map { question.outputGradient[$0, c] }
      let sum = g.reduce(0, +)
      let product = zip(g, normalized).reduce(0) { $0 + $1.0 * $1.1 }
      let plain = (0..<rows).reduce(0) { $0 + g[$1] * question.input[$1, c] }
      let divisor = averages ? Float(rows) : 1
      result.shift.scalars[c] = sum / divisor
      result.scale.scalars[c] =
        (normalizesForScale ? product : plain) / divisor
      for r in 0..<rows {
        let gradient =
          g[r] - (throughMean ? sum / Float(rows) : 0)
          - (throughVariance ? normalized[r] * product / Float(rows) : 0)
        result.input[r, c] =
          gradient * (scalesInput ? question.scale.scalars[c] : 1)
          / (usesDeviation ? root : 1)
      }
    }
    return result
  }
}

private let task = GradedTask<
  NormalizationGradientInput, BatchNormalizationGradients
>(
  questions: [
    .init(
      "one channel, rows 2 and 10 (mean 6, variance 16), output gradients 1 "
        + "and ½, scale 3, epsilon 9, so the root is 5 and x̂ is −0.8 and 0.8; "
        + "shift gradient 1.5, scale gradient −0.4, input gradients 0.054 and "
        + "−0.054",
      NormalizationGradientInput(
        outputGradient: Tensor(shape: [2, 1], scalars: [1, 0.5]),
        input: Tensor(shape: [2, 1], scalars: [2, 10]), scale: Tensor([3]),
        statistics: BatchStatistics(mean: Tensor([6]), variance: Tensor([16])),
        epsilon: 9)),
    .init("six rows of three channels", .random(1)),
    .init("six other rows", .random(2)),
  ],
  difference: { expected, actual in
    Difference.between(expected.shift, actual.shift, at: "shift gradient")
      ?? Difference.between(expected.scale, actual.scale, at: "scale gradient")
      ?? Difference.between(expected.input, actual.input, at: "input gradient")
  },
  misconceptions: [
    .init(
      "mean and variance taken as constants",
      "Every input also moves the mean and the variance of its column, and "
        + "through them all outputs. Two more terms come from that."
    ) { FlawedBackward(throughMean: false, throughVariance: false)($0) },
    .init(
      "path through the variance forgotten",
      "Moving an input away from the mean makes the variance larger and all "
        + "outputs smaller: that is the term with x̂."
    ) { FlawedBackward(throughVariance: false)($0) },
    .init(
      "path through the mean forgotten",
      "Every input moves the mean, by 1/n, and the mean is taken from every "
        + "output: that is the term with the sum of the gradients."
    ) { FlawedBackward(throughMean: false)($0) },
    .init(
      "scale forgotten on the way back",
      "The output is scale times x̂, so the gradient is multiplied by the scale "
        + "before it goes further back."
    ) { FlawedBackward(scalesInput: false)($0) },
    .init(
      "gradients averaged instead of summed",
      "Scale and shift serve every row, so their gradients are sums over the "
        + "rows. The 1/n of a mean loss is in the output gradient already."
    ) { FlawedBackward(averages: true)($0) },
    .init(
      "scale gradient from the raw input",
      "The scale multiplies the normalized input x̂, so its gradient sums g · "
        + "x̂, not g · x."
    ) { FlawedBackward(normalizesForScale: false)($0) },
    .init(
      "not divided by the deviation",
      "x̂ is the input divided by the root, so the gradient is divided by it, "
        + "too."
    ) { FlawedBackward(usesDeviation: false)($0) },
    .init(
      "variance instead of the deviation",
      "What divides is √(variance + epsilon), in x̂ and in the input gradient."
    ) { FlawedBackward(takesRoot: false)($0) },
  ])
