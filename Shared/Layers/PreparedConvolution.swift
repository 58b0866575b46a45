/// A convolution with its weights prepared, and the ReLU and pooling behind it,
/// if they are there, in one pass with it.
struct PreparedConvolution: Sendable {
  let layer: Conv2D
  /// Whether ReLU and 2 × 2 pooling follow.
  let isPooled: Bool
  private let imageShape: [Int]
  private let weights: ConvolutionWeights

  /// nil if the layer does not take images of that shape.
  init?(
    _ layer: Conv2D, imageShape: [Int], isPooled: Bool, hasGradients: Bool
  ) {
    guard layer.problem(withInput: imageShape) == nil else { return nil }
    self.layer = layer
    self.isPooled = isPooled
    self.imageShape = imageShape
    weights = layer.prepared(
      for: [1] + imageShape, hasGradients: hasGradients)
  }

  /// What backward must remember.
  struct Cache: Sendable {
    var convolution: Conv2D.Cache
    /// Which pixel of each block won, 255 for none; empty without pooling.
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
      paddedImages: cache.paddedInput.scalars, count: count, weights: weights, g
    )
    return (
      Tensor(
        shape: [
          count, g.outputHeight / 2, g.outputWidth / 2, g.outputChannels,
        ], scalars: output),
      Cache(convolution: cache, winners: winners)
    )
  }

  /// ∂loss/∂(the convolution's own output): back through pooling and ReLU in
  /// one pass, because a block without a winner lets nothing through.
  func unpooled(_ outputGradient: Tensor, _ cache: Cache) -> Tensor {
    guard isPooled else { return outputGradient }
    let shape = cache.convolution.inputShape
    let own = [shape[0]] + layer.outputShape(for: Array(shape.dropFirst()))
    return Tensor(
      shape: own,
      scalars: maxPoolInputGradient(
        outputGradient.scalars, winners: cache.winners, count: own[0],
        height: own[1], width: own[2], channels: own[3], size: 2))
  }

  /// ∂loss/∂input, from the gradient of the convolution's own output.
  func inputGradient(_ gradient: Tensor, _ cache: Cache) -> Tensor {
    layer.inputGradient(
      gradient, cache: cache.convolution,
      weights(for: cache.convolution.inputShape))
  }

  /// Those that are prepared; others if a layer before this one has made images
  /// of another size than it says.
  private func weights(for inputShape: [Int]) -> ConvolutionWeights {
    inputShape.dropFirst() == imageShape[...]
      ? weights : layer.prepared(for: inputShape, hasGradients: true)
  }
}
