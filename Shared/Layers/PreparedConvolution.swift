/// A convolution with its weights prepared, and the ReLU and pooling behind it,
/// if they are there, in one pass with it.
struct PreparedConvolution: Sendable {
  private let layer: Conv2D
  /// Whether ReLU and 2 × 2 pooling follow.
  private let isPooled: Bool
  private let hasGradients: Bool
  private let imageShape: [Int]
  private let weights: ConvolutionWeights

  /// nil if the layer does not take images of that shape.
  init?(
    _ layer: Conv2D, imageShape: [Int], isPooled: Bool, hasGradients: Bool
  ) {
    guard layer.problem(withInput: imageShape) == nil else { return nil }
    self.layer = layer
    self.isPooled = isPooled
    self.hasGradients = hasGradients
    self.imageShape = imageShape
    weights = layer.prepared(
      for: [1] + imageShape, hasGradients: hasGradients)
  }

  /// What backward must remember.
  struct Cache: Sendable {
    var convolution: Conv2D.Cache
    /// Which pixel of each block won, 255 for none; empty without pooling, or
    /// if nobody will go back.
    var winners: [UInt8]
  }

  func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
    let weights = self.weights(for: input.shape)
    guard isPooled else {
      let (output, cache) = layer.forward(input, weights)
      return (output, Cache(convolution: cache, winners: []))
    }
    let (cache, g) = layer.framed(input)
    let count = input.shape[0]
    let (output, winners) = convolutionBlock(
      paddedImages: cache.paddedInput.scalars, count: count, weights: weights,
      g, hasWinners: hasGradients)
    return (
      Tensor(
        shape: [
          count, g.outputHeight / 2, g.outputWidth / 2, g.outputChannels,
        ], scalars: output),
      Cache(convolution: cache, winners: winners)
    )
  }

  /// ∂loss/∂input, given ∂loss/∂output.
  func inputGradient(_ outputGradient: Tensor, _ cache: Cache) -> Tensor {
    layer.inputGradient(
      OutputGradient(values: outputGradient.scalars, winners: cache.winners),
      cache: cache.convolution, weights(for: cache.convolution.inputShape))
  }

  /// ∂loss/∂parameter, given ∂loss/∂output.
  func parameterGradients(_ outputGradient: Tensor, _ cache: Cache) -> [Tensor]
  {
    layer.parameterGradients(
      OutputGradient(values: outputGradient.scalars, winners: cache.winners),
      cache: cache.convolution)
  }

  /// Those that are prepared; others if a layer before this one has made images
  /// of another size than it says.
  private func weights(for inputShape: [Int]) -> ConvolutionWeights {
    inputShape.dropFirst() == imageShape[...]
      ? weights : layer.prepared(for: inputShape, hasGradients: true)
  }
}
