/// A convolution's weights in the orders that its kernels read.
///
/// Made once a call, not once a shard of eight images: that alone was 4 % of an
/// evaluation.
struct ConvolutionWeights: Sendable {
  /// Winograd's filters where they suit, else entries of a window by outputs.
  let forward: [Float]
  let bias: [Float]
  /// For the input gradient, as it is computed as a rule: skipping zeros where
  /// a window is long enough.
  private let backward: [Float]
  /// `[O, C, kH, kW]`, as in PyTorch.
  private let weights: [Float]

  /// - Parameters:
  ///   - weights: `[O, C, kH, kW]`, as in PyTorch.
  ///   - bias: One number an output.
  ///   - g: The sizes.
  ///   - hasGradients: Whether the input gradient will be wanted.
  init(
    _ weights: [Float], bias: [Float], _ g: ConvolutionGeometry,
    hasGradients: Bool
  ) {
    self.weights = weights
    self.bias = bias
    forward =
      g.suitsWinograd
      ? transformedFilters(weights, g)
      : packed(
        weights, g, outputStride: 1, entryStride: g.outputChannels,
        count: weights.count)
    backward =
      !hasGradients
      ? [] : g.maySkipZeros ? sparse(weights, g) : dense(weights, g)
  }

  /// Outputs by entries of a window.
  func sparseMatrix(_ g: ConvolutionGeometry) -> [Float] {
    g.maySkipZeros && !backward.isEmpty ? backward : sparse(weights, g)
  }

  /// Outputs by entries of a window, in whole vectors.
  func denseMatrix(_ g: ConvolutionGeometry) -> [Float] {
    g.maySkipZeros || backward.isEmpty ? dense(weights, g) : backward
  }
}

private func sparse(_ weights: [Float], _ g: ConvolutionGeometry) -> [Float] {
  packed(
    weights, g, outputStride: g.window, entryStride: 1, count: weights.count)
}

/// A window of nine (one input channel) becomes sixteen.
private func dense(_ weights: [Float], _ g: ConvolutionGeometry) -> [Float] {
  packed(
    weights, g, outputStride: g.windowVectors, entryStride: 1,
    count: g.outputChannels * g.windowVectors)
}
