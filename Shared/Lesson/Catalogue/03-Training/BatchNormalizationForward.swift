import Shared

extension Exercise where Function == BatchNormalizationFunctions.Forward {
  /// Exercise 4a: batch normalization forward.
  public static func batchNormalizationForward(_ own: Function)
    -> Self
  {
    Exercise(
      "4a", .intermediate, "batch normalization forward",
      summary: "Give each column mean 0 and variance 1, then scale and shift "
        + "it; return the statistics used, too.",
      hints: [
        "Each channel is a column. Of how many numbers is its mean, and which "
          + "places in `input.scalars` do they have?",
        "In training, measure each column: mean first, then the mean squared "
          + "distance from it. Otherwise take `running`. Then every number: "
          + "minus the mean, divided by a root, times scale, plus shift.",
        "The number of column c in row r is `input.scalars[r * channels + c]`; "
          + "it becomes `scale.scalars[c] * (x - mean[c]) / (variance[c] + "
          + "epsilon).squareRoot() + shift.scalars[c]`.",
      ],
      own: own, library: BatchNormalizationFunctions.normalize, task: task
    ) {
      $0(
        $1.input, $1.scale, $1.shift, $1.running, $1.epsilon, $1.isTraining)
    }
  }
}

/// What 4a is asked.
struct NormalizationInput: Sendable {
  var input: Tensor
  var scale: Tensor
  var shift: Tensor
  var running: BatchStatistics
  var epsilon: Float
  var isTraining: Bool

  static func random(_ seed: UInt64, isTraining: Bool) -> NormalizationInput {
    var generator = SeededGenerator(seed: seed)
    func numbers(_ shape: [Int], around middle: Float) -> Tensor {
      Tensor(shape: shape).map { _ in middle + generator.uniform(within: 1) }
    }
    return NormalizationInput(
      input: numbers([6, 3], around: 2), scale: numbers([3], around: 1.5),
      shift: numbers([3], around: 0.5),
      running: BatchStatistics(
        mean: numbers([3], around: 1), variance: numbers([3], around: 2)),
      epsilon: 0.01, isTraining: isTraining)
  }
}

/// Batch normalization forward with a choice of mistakes.
private struct FlawedForward: Sendable {
  enum Source { case right, running, batch }
  var source = Source.right
  var isUnbiased = false
  var perRow = false
  var takesRoot = true
  var epsilonInside = true
  var scales = true
  var subtractsMean = true
  var returnsDeviation = false

  func callAsFunction(_ question: NormalizationInput) -> (
    output: Tensor, statistics: BatchStatistics
  ) {
    let input = question.input
    let usesBatch =
      source == .batch || source == .right && question.isTraining
    let (rows, channels) = (input.shape[0], input.shape[1])
    var output = input
    var used = question.running
    for c in 0..<channels {
      let column = (0..<rows).map { input[$0, c] }
      if usesBatch {
        used.mean.scalars[c] = mean(column)
        used.variance.scalars[c] = variance(column)
      }
      for r in 0..<rows {
        let row = (0..<channels).map { input[r, $0] }
        let (mean, variance) =
          perRow && usesBatch
          ? (self.mean(row), self.variance(row))
          : (used.mean.scalars[c], used.variance.scalars[c])
        let normalized =
          (input[r, c] - (subtractsMean ? mean : 0))
          / divisor(variance, question.epsilon)
        output[r, c] =
          scales
          ? question.scale.scalars[c] * normalized + question.shift.scalars[c]
          : normalized
      }
    }
    if perRow && usesBatch {
      let all = (0..<rows).map { r in (0..<channels).map { input[r, $0] } }
      used.mean = Tensor(all.map(mean))
      used.variance = Tensor(all.map(variance))
    }
    if returnsDeviation {
      used.variance = used.variance.map { $0.squareRoot() }
    }
    return (output, used)
  }

  private func divisor(_ variance: Float, _ epsilon: Float) -> Float {
    guard takesRoot else { return variance + epsilon }
    return epsilonInside
      ? (variance + epsilon).squareRoot()
      : variance.squareRoot() + epsilon
  }

  private func mean(_ numbers: [Float]) -> Float {
    numbers.reduce(0, +) / Float(numbers.count)
  }

  private func variance(_ numbers: [Float]) -> Float {
    let mean = mean(numbers)
    let sum = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return sum / Float(numbers.count - (isUnbiased ? 1 : 0))
  }
}

private let task = GradedTask<
  NormalizationInput, (output: Tensor, statistics: BatchStatistics)
>(
  questions: [
    .init(
      "training, one channel with the rows 3, 4, 5, 8; mean 5, variance 14/4 = "
        + "3.5, epsilon 0.5, so the root is 2; scale 6, shift 10, so the output "
        + "is 4, 7, 10, 19",
      NormalizationInput(
        input: Tensor(shape: [4, 1], scalars: [3, 4, 5, 8]), scale: Tensor([6]),
        shift: Tensor([10]),
        running: BatchStatistics(mean: Tensor([0]), variance: Tensor([1])),
        epsilon: 0.5, isTraining: true)),
    .init("training, six rows of three channels", .random(1, isTraining: true)),
    .init(
      "inference, six rows of three channels", .random(2, isTraining: false)),
    .init("training once more", .random(3, isTraining: true)),
  ],
  difference: { expected, actual in
    Difference.between(expected.output, actual.output, at: "output")
      ?? Difference.between(
        expected.statistics.mean, actual.statistics.mean, at: "statistics.mean")
      ?? Difference.between(
        expected.statistics.variance, actual.statistics.variance,
        at: "statistics.variance")
  },
  misconceptions: [
    .init(
      "running statistics used in training",
      "While learning, the batch is normalized with its own mean and variance; "
        + "the running ones are for inference."
    ) { FlawedForward(source: .running)($0) },
    .init(
      "batch statistics used in inference",
      "In inference an image's answer must not depend on the other images of "
        + "its batch: use the running statistics."
    ) { FlawedForward(source: .batch)($0) },
    .init(
      "unbiased variance in the normalization",
      "Here the variance divides by the number of rows. The one that divides "
        + "by rows − 1 belongs into the running statistics only."
    ) { FlawedForward(isUnbiased: true)($0) },
    .init(
      "statistics of a row",
      "Each channel is a column, and its statistics are taken down the rows. "
        + "Those across a row would be layer normalization."
    ) { FlawedForward(perRow: true)($0) },
    .init(
      "divided by the variance",
      "Only the root of the variance has the unit of the numbers."
    ) { FlawedForward(takesRoot: false)($0) },
    .init(
      "deviation returned for the variance",
      "The output is right. What comes back beside it is the variance, before "
        + "epsilon is added and the root is taken."
    ) { FlawedForward(returnsDeviation: true)($0) },
    .init(
      "epsilon outside the root",
      "The epsilon is added to the variance, before the root is taken."
    ) { FlawedForward(epsilonInside: false)($0) },
    .init(
      "scale and shift forgotten",
      "After normalizing, the layer may choose its own deviation and mean: "
        + "times scale, plus shift."
    ) { FlawedForward(scales: false)($0) },
    .init(
      "mean not subtracted",
      "Normalizing is two things: moving the mean to 0 and scaling the "
        + "deviation to 1."
    ) { FlawedForward(subtractsMean: false)($0) },
  ])
