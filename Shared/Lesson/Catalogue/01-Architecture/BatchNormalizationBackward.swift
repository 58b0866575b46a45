import Shared

extension Exercise where Function == BatchNormalizationFunctions.Backward {
  /// Exercise 4b: batch normalization backward.
  public static func batchNormalizationBackward(_ own: Function)
    -> Self
  {
    Exercise(
      "4b", .intermediate, "batch normalization backward",
      hints: [
        "If every input of a column grows by the same amount, how much do the "
          + "outputs change? What must then be the sum of the input gradients "
          + "of that column?",
        "Per column, first two sums: S of the output gradients, T of the "
          + "output gradients times x̂. They are two of the three answers, and "
          + "the third is made of them.",
        "With n rows and x̂ = (x − mean) / √(variance + epsilon): the input "
          + "gradient is scale / √(variance + epsilon) · (g − S / n − x̂ · T "
          + "/ n).",
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

  func callAsFunction(_ question: NormalizationGradientInput)
    -> BatchNormalizationGradients
  {
    let (rows, channels) = (question.input.shape[0], question.input.shape[1])
    var result = BatchNormalizationGradients(
      input: question.input, scale: question.scale, shift: question.scale)
    for c in 0..<channels {
      let root =
        (question.statistics.variance.scalars[c] + question.epsilon)
        .squareRoot()
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
      "one channel, rows 1 and 3 (mean 2, variance 1), output gradients 1 and "
        + "0, scale 2, epsilon 3, so the root is 2 and x̂ is −½ and ½; shift "
        + "gradient 1, scale gradient −½, input gradients 0.375 and −0.375",
      NormalizationGradientInput(
        outputGradient: Tensor(shape: [2, 1], scalars: [1, 0]),
        input: Tensor(shape: [2, 1], scalars: [1, 3]), scale: Tensor([2]),
        statistics: BatchStatistics(mean: Tensor([2]), variance: Tensor([1])),
        epsilon: 3)),
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
  ])
