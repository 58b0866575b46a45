/// Batch normalization as three functions of rows, `[rows, channels]`.
///
/// For images the rows are all pixels of all images. Ioffe and Szegedy, "Batch
/// Normalization", ICML 2015, arXiv:1502.03167, algorithm 1.
public struct BatchNormalizationFunctions: Sendable {
  /// From input, scale, shift, running statistics, ε and whether this is
  /// training to the output and the statistics that were used.
  public typealias Forward =
    @Sendable (
      _ input: Tensor, _ scale: Tensor, _ shift: Tensor,
      _ running: BatchStatistics, _ epsilon: Float, _ isTraining: Bool
    ) -> (output: Tensor, statistics: BatchStatistics)
  /// From output gradient, input, scale, batch statistics and ε.
  public typealias Backward =
    @Sendable (
      _ outputGradient: Tensor, _ input: Tensor, _ scale: Tensor,
      _ statistics: BatchStatistics, _ epsilon: Float
    ) -> BatchNormalizationGradients
  /// From running and batch statistics, the number of rows and the momentum.
  public typealias Update =
    @Sendable (
      _ running: BatchStatistics, _ batch: BatchStatistics, _ rows: Int,
      _ momentum: Float
    ) -> BatchStatistics

  var forward: Forward
  var backward: Backward
  var update: Update

  /// The library's functions, or others in their place.
  public init(
    forward: @escaping Forward = normalize,
    backward: @escaping Backward = gradients,
    update: @escaping Update = updated
  ) {
    self.forward = forward
    self.backward = backward
    self.update = update
  }

  /// output = scale · (input − mean) / √(variance + ε) + shift, with
  /// the batch's statistics in training and the running ones otherwise.
  public static func normalize(
    _ input: Tensor, scale: Tensor, shift: Tensor, running: BatchStatistics,
    epsilon: Float, isTraining: Bool
  ) -> (output: Tensor, statistics: BatchStatistics) {
    let statistics = isTraining ? channelStatistics(input) : running
    let channels = scale.count
    let factors = zip(scale.scalars, statistics.variance.scalars).map {
      $0 / ($1 + epsilon).squareRoot()
    }
    let (means, shifts) = (statistics.mean.scalars, shift.scalars)
    var output = input.scalars
    for start in 0..<output.count / max(channels, 1) {
      let row = start * channels
      for c in 0..<channels {
        output[row + c] = (output[row + c] - means[c]) * factors[c] + shifts[c]
      }
    }
    return (Tensor(shape: input.shape, scalars: output), statistics)
  }

  /// The chain rule through the mean and the variance as well.
  ///
  /// With x̂ the normalized input and g the output gradient, per channel over n
  /// rows: input = scale / (n σ) · (n g − Σg − x̂ Σ(g x̂)).
  public static func gradients(
    outputGradient gradient: Tensor, input: Tensor, scale: Tensor,
    statistics: BatchStatistics, epsilon: Float
  ) -> BatchNormalizationGradients {
    let channels = scale.count
    let rows = input.count / max(channels, 1)
    let inverse = statistics.variance.scalars.map {
      1 / ($0 + epsilon).squareRoot()
    }
    let means = statistics.mean.scalars
    let (g, x) = (gradient.scalars, input.scalars)
    var shiftSums = [Double](repeating: 0, count: channels)
    var scaleSums = shiftSums
    for row in 0..<rows {
      for c in 0..<channels {
        let i = row * channels + c
        shiftSums[c] += Double(g[i])
        scaleSums[c] += Double(g[i] * (x[i] - means[c]) * inverse[c])
      }
    }
    let (shift, scaled) = (shiftSums.map(Float.init), scaleSums.map(Float.init))
    let factors = zip(scale.scalars, inverse).map { $0 * $1 / Float(rows) }
    var result = g
    for row in 0..<rows {
      for c in 0..<channels {
        let i = row * channels + c
        let normalized = (x[i] - means[c]) * inverse[c]
        result[i] =
          factors[c] * (Float(rows) * g[i] - shift[c] - normalized * scaled[c])
      }
    }
    return BatchNormalizationGradients(
      input: Tensor(shape: input.shape, scalars: result),
      scale: Tensor(scaled), shift: Tensor(shift))
  }

  /// running ← (1 − momentum) · running + momentum · batch, with the unbiased
  /// variance, as in PyTorch.
  public static func updated(
    running: BatchStatistics, batch: BatchStatistics, rows: Int,
    momentum: Float
  ) -> BatchStatistics {
    let unbiased = Float(rows) / Float(max(rows - 1, 1))
    return BatchStatistics(
      mean: running.mean * (1 - momentum) + batch.mean * momentum,
      variance: running.variance * (1 - momentum)
        + batch.variance * (momentum * unbiased))
  }
}

/// Mean and biased variance of each column of `[rows, channels]`.
private func channelStatistics(_ input: Tensor) -> BatchStatistics {
  let channels = input.shape[1]
  let rows = input.shape[0]
  let x = input.scalars
  var sums = [Double](repeating: 0, count: channels)
  for row in 0..<rows {
    for c in 0..<channels { sums[c] += Double(x[row * channels + c]) }
  }
  let means = sums.map { $0 / Double(rows) }
  var squares = [Double](repeating: 0, count: channels)
  for row in 0..<rows {
    for c in 0..<channels {
      let centered = Double(x[row * channels + c]) - means[c]
      squares[c] += centered * centered
    }
  }
  return BatchStatistics(
    mean: Tensor(means.map(Float.init)),
    variance: Tensor(squares.map { Float($0 / Double(rows)) }))
}
