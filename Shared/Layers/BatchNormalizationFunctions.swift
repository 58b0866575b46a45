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
    let factors = zip(scale.scalars, statistics.variance.scalars).map {
      $0 / ($1 + epsilon).squareRoot()
    }
    let offsets = zip(shift.scalars, zip(statistics.mean.scalars, factors)).map
    {
      $0 - $1.0 * $1.1
    }
    return (
      Tensor(
        shape: input.shape,
        scalars: scaledChannels(input.scalars, by: factors, plus: offsets)),
      statistics
    )
  }

  /// The chain rule through the mean and the variance as well.
  ///
  /// With x̂ the normalized input and g the output gradient, per channel over n
  /// rows: input = scale / σ · (g − Σg / n − x̂ Σ(g x̂) / n).
  public static func gradients(
    outputGradient gradient: Tensor, input: Tensor, scale: Tensor,
    statistics: BatchStatistics, epsilon: Float
  ) -> BatchNormalizationGradients {
    let channels = scale.count
    let rows = Float(input.count / channels)
    let means = statistics.mean.scalars
    let inverse = statistics.variance.scalars.map {
      1 / ($0 + epsilon).squareRoot()
    }
    let sums = channelProducts(
      gradient.scalars, with: input.scalars, around: means)
    let shifts = sums.prefix(channels).map(Float.init)
    let scales = zip(sums.suffix(channels), inverse).map { Float($0) * $1 }
    // The same sum, ordered by what it multiplies: g, x, and neither.
    let factors = zip(scale.scalars, inverse).map { $0 * $1 }
    let inputFactors = (0..<channels).map {
      -factors[$0] * inverse[$0] * scales[$0] / rows
    }
    let offsets = (0..<channels).map {
      -factors[$0] * shifts[$0] / rows - inputFactors[$0] * means[$0]
    }
    return BatchNormalizationGradients(
      input: Tensor(
        shape: input.shape,
        scalars: scaledChannels(
          gradient.scalars, by: factors, plus: offsets,
          and: (input.scalars, inputFactors))),
      scale: Tensor(scales), shift: Tensor(shifts))
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
  let means = channelMeans(input.scalars, channels: input.shape[1])
  return BatchStatistics(
    mean: Tensor(means),
    variance: Tensor(channelVariances(input.scalars, around: means)))
}
