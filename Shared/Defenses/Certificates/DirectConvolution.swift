/// A convolution as plain sums of products, also where the layer itself goes
/// Winograd's way.
///
/// The rounding of plain sums is bounded by `RoundingError` alone.
struct DirectConvolution: Sendable {
  private let layer: Conv2D
  /// Entries of a window by outputs.
  private let matrix: [Float]

  /// - Parameters:
  ///   - layer: The convolution.
  ///   - g: Its sizes, for images of one shape.
  init(_ layer: Conv2D, _ g: ConvolutionGeometry) {
    self.layer = layer
    matrix = packed(
      layer.weight.scalars, g, outputStride: 1, entryStride: g.outputChannels,
      count: layer.weight.count)
  }

  /// What `Conv2D.forward` gives, but for the rounding.
  func callAsFunction(_ images: Tensor) -> Tensor {
    let (cache, g) = layer.framed(images)
    let count = images.shape[0]
    return Tensor(
      shape: [count, g.outputHeight, g.outputWidth, g.outputChannels],
      scalars: convolved(
        cache.paddedInput.scalars, count: count, matrix: matrix,
        bias: layer.bias.scalars, g))
  }
}

private func convolved(
  _ paddedImages: UnsafePointer<Float>, count: Int,
  matrix: UnsafePointer<Float>, bias: UnsafePointer<Float>,
  _ g: ConvolutionGeometry
) -> [Float] {
  uninitialized(count * g.outputImage) { output in
    for line in 0..<count * g.outputHeight {
      convolveLine(
        paddedImages + g.corner(ofLine: line), matrix, bias: bias, g,
        into: output + line * g.outputLine)
    }
  }
}
