/// Mean and variance of each channel.
public struct BatchStatistics: Sendable, Equatable {
  /// Shape `[channels]`.
  public var mean: Tensor
  /// Shape `[channels]`.
  public var variance: Tensor

  /// The given statistics.
  public init(mean: Tensor, variance: Tensor) {
    self.mean = mean
    self.variance = variance
  }
}

/// What the backward pass of batch normalization returns.
public struct BatchNormalizationGradients: Sendable, Equatable {
  /// ∂loss/∂input, shape `[rows, channels]`.
  public var input: Tensor
  /// ∂loss/∂scale, shape `[channels]`.
  public var scale: Tensor
  /// ∂loss/∂shift, shape `[channels]`.
  public var shift: Tensor

  /// The given gradients.
  public init(input: Tensor, scale: Tensor, shift: Tensor) {
    self.input = input
    self.scale = scale
    self.shift = shift
  }
}
