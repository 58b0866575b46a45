/// Gives every channel mean `bias` and standard deviation `weight`, over all
/// pixels of all images of a batch.
///
/// In training the statistics are the batch's own; in inference they are
/// running means, so that an image's answer does not depend on its neighbours.
/// A forward pass changes nothing, here as in every layer: what it has measured
/// comes back in the cache, and `absorb` takes it into the running means.
///
/// Ioffe and Szegedy 2015, arXiv:1502.03167; settings and names as in PyTorch's
/// `BatchNorm2d`.
public struct BatchNormalization: Layer {
  /// The scale of each channel, shape `[channels]`.
  public var weight: Tensor
  /// The shift of each channel, shape `[channels]`.
  public var bias: Tensor
  /// What inference uses; `running_mean` and `running_var` in a file.
  public var running: BatchStatistics
  /// Keeps the division away from zero.
  public var epsilon: Float = 1e-5
  /// How much of a batch goes into the running statistics.
  public var momentum: Float = 0.1
  private let functions: BatchNormalizationFunctions

  /// Normalization that changes nothing but mean and deviation at first.
  public init(
    _ channels: Int, functions: BatchNormalizationFunctions = .init()
  ) {
    weight = Tensor(shape: [channels], repeating: 1)
    bias = Tensor(shape: [channels])
    running = BatchStatistics(
      mean: Tensor(shape: [channels]),
      variance: Tensor(shape: [channels], repeating: 1))
    self.functions = functions
  }

  /// Backward needs the input and what it was normalized with.
  public struct Cache: Sendable {
    var rows: Tensor
    var inputShape: [Int]
    var statistics: BatchStatistics
    var isTraining: Bool
  }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Cache)
  {
    let isTraining = mode != .inference
    let rows = asRows(input)
    let (output, statistics) = functions.forward(
      rows, weight, bias, running, epsilon, isTraining)
    return (
      output.reshaped(to: input.shape),
      Cache(
        rows: rows, inputShape: input.shape, statistics: statistics,
        isTraining: isTraining)
    )
  }

  public func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    requireGradient(outputGradient, forInput: cache.inputShape)
    guard cache.isTraining else {
      return fixedGradient(outputGradient, cache.statistics)
    }
    return gradients(outputGradient, cache).input
      .reshaped(to: cache.inputShape)
  }

  public func parameterGradients(_ outputGradient: Tensor, cache: Cache)
    -> [Tensor]
  {
    requireGradient(outputGradient, forInput: cache.inputShape)
    let result = gradients(outputGradient, cache)
    return [result.scale, result.shift]
  }

  /// Takes what a training pass has measured into the running statistics.
  public mutating func absorb(_ cache: Cache) {
    guard cache.isTraining else { return }
    running = functions.update(
      running, cache.statistics, cache.rows.shape[0], momentum)
  }

  public mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    body("weight", &weight)
    body("bias", &bias)
  }

  public mutating func visitBuffers(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    body("running_mean", &running.mean)
    body("running_var", &running.variance)
  }

  public var seesWholeBatch: Bool { true }

  public func problem(withInput inputShape: [Int]) -> String? {
    inputShape.last == weight.count
      ? nil : "normalizes \(weight.count) channels"
  }

  private func gradients(_ outputGradient: Tensor, _ cache: Cache)
    -> BatchNormalizationGradients
  {
    functions.backward(
      asRows(outputGradient), cache.rows, weight, cache.statistics, epsilon)
  }

  /// With statistics that do not depend on the input, the gradient is a factor.
  private func fixedGradient(
    _ gradient: Tensor, _ statistics: BatchStatistics
  ) -> Tensor {
    let factors = zip(weight.scalars, statistics.variance.scalars).map {
      $0 / ($1 + epsilon).squareRoot()
    }
    return Tensor(
      shape: gradient.shape,
      scalars: scaledChannels(
        gradient.scalars, by: factors,
        plus: factors.map { _ in 0 }))
  }

  private func asRows(_ tensor: Tensor) -> Tensor {
    precondition(
      tensor.shape.last == weight.count && tensor.count > 0,
      "\(weight.count) channels are normalized, got \(tensor.shape)")
    return tensor.reshaped(to: [tensor.count / weight.count, weight.count])
  }
}
