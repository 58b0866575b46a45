/// A two-dimensional convolution.
///
///     output[n, y, x, o] =
///       bias[o] + Σ weight[o, c, ky, kx] · input[n, sy + ky − p, sx + kx − p, c]
///
/// summed over c, ky and kx, with stride s and padding p; pixels outside the image count as zero. (Like all
/// deep learning libraries this calls "convolution" what mathematics calls
/// cross-correlation: the kernel is not flipped.)
public struct Conv2D: Layer {
  /// Shape `[outputChannels, inputChannels, kernelSize, kernelSize]`.
  public var weight: Tensor
  /// Shape `[outputChannels]`.
  public var bias: Tensor
  /// How many zero pixels surround the image.
  public var padding: Int
  /// How many pixels a window is from the next; 2 halves the image.
  public var stride: Int

  /// A convolution with given weights: for tests, checkpoints, hand examples.
  public init(weight: Tensor, bias: Tensor, padding: Int, stride: Int = 1) {
    precondition(
      weight.shape.count == 4 && weight.shape[2] == weight.shape[3]
        && bias.shape == [weight.shape[0]] && padding >= 0 && stride > 0,
      "a convolution needs weights [out, in, k, k], a bias [out] and a stride "
        + "of 1 or more, got \(weight.shape), \(bias.shape) and \(stride)")
    self.weight = weight
    self.bias = bias
    self.padding = padding
    self.stride = stride
  }

  /// A convolution with PyTorch's random initial weights.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int,
    padding: Int = 0, stride: Int = 1, using generator: inout SeededGenerator
  ) {
    let fanIn = inputChannels * kernelSize * kernelSize
    self.init(
      weight: .kaimingUniform(
        [outputChannels, inputChannels, kernelSize, kernelSize],
        fanIn: fanIn, using: &generator),
      bias: .kaimingUniform([outputChannels], fanIn: fanIn, using: &generator),
      padding: padding, stride: stride)
  }

  /// Backward needs the input, already in its frame of zeros.
  public struct Cache: Sendable {
    var paddedInput: Tensor
    var inputShape: [Int]
  }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Cache)
  {
    forward(
      input, prepared(for: input.shape, hasGradients: false))
  }

  /// Every input pixel collects from the windows it was part of.
  public func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    requireGradient(outputGradient, forInput: cache.inputShape)
    return inputGradient(
      OutputGradient(values: outputGradient.scalars), cache: cache,
      prepared(for: cache.inputShape, hasGradients: true))
  }

  /// Every weight collects from all the pixels it was multiplied with.
  public func parameterGradients(_ outputGradient: Tensor, cache: Cache)
    -> [Tensor]
  {
    requireGradient(outputGradient, forInput: cache.inputShape)
    return parameterGradients(
      OutputGradient(values: outputGradient.scalars), cache: cache)
  }

  public mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    body("weight", &weight)
    body("bias", &bias)
  }

  public func outputShape(for inputShape: [Int]) -> [Int] {
    let geometry = geometry(for: [1] + inputShape)
    return [
      geometry.outputHeight, geometry.outputWidth, geometry.outputChannels,
    ]
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    let needed = weight.shape[2] - 2 * padding
    return inputShape.count == 3 && inputShape[2] == weight.shape[1]
      && inputShape[0] >= needed && inputShape[1] >= needed
      ? nil
      : "takes images with \(weight.shape[1]) channels of at least "
        + "\(needed) × \(needed) pixels (its weights are \(weight.shape))"
  }

  public func multiplyAdds(for inputShape: [Int]) -> Int {
    let output = outputShape(for: inputShape)
    return output[0] * output[1] * weight.count
  }

  /// The weights as the kernels want them, for images of one size.
  func prepared(for inputShape: [Int], hasGradients: Bool) -> ConvolutionWeights
  {
    ConvolutionWeights(
      weight.scalars, bias: bias.scalars, geometry(for: inputShape),
      hasGradients: hasGradients)
  }

  /// The input in its frame of zeros.
  func framed(_ input: Tensor) -> (cache: Cache, geometry: ConvolutionGeometry)
  {
    let g = geometry(for: input.shape)
    let frame = Tensor(
      shape: [input.shape[0], g.paddedHeight, g.paddedWidth, g.inputChannels],
      scalars: padded(input.scalars, count: input.shape[0], g))
    return (Cache(paddedInput: frame, inputShape: input.shape), g)
  }

  func forward(_ input: Tensor, _ weights: ConvolutionWeights)
    -> (output: Tensor, cache: Cache)
  {
    let (cache, g) = framed(input)
    let count = input.shape[0]
    let convolve = g.suitsWinograd ? winogradForward : convolutionForward
    let output = convolve(cache.paddedInput.scalars, count, weights, g)
    return (
      Tensor(
        shape: [count, g.outputHeight, g.outputWidth, g.outputChannels],
        scalars: output), cache
    )
  }

  func inputGradient(
    _ outputGradient: OutputGradient, cache: Cache,
    _ weights: ConvolutionWeights
  ) -> Tensor {
    Tensor(
      shape: cache.inputShape,
      scalars: convolutionInputGradient(
        outputGradient, count: cache.inputShape[0], weights,
        geometry(for: cache.inputShape)))
  }

  func parameterGradients(_ outputGradient: OutputGradient, cache: Cache)
    -> [Tensor]
  {
    let (weightGradient, biasGradient) = convolutionParameterGradients(
      paddedImages: cache.paddedInput.scalars, outputGradient,
      count: cache.inputShape[0], geometry(for: cache.inputShape))
    return [
      Tensor(shape: weight.shape, scalars: weightGradient),
      Tensor(biasGradient),
    ]
  }

  private func geometry(for inputShape: [Int]) -> ConvolutionGeometry {
    precondition(
      problem(withInput: Array(inputShape.dropFirst())) == nil,
      "a convolution with weights \(weight.shape) takes images "
        + "[N, H, W, \(weight.shape[1])], got \(inputShape)")
    return ConvolutionGeometry(
      height: inputShape[1], width: inputShape[2],
      inputChannels: weight.shape[1], outputChannels: weight.shape[0],
      kernelSize: weight.shape[2], padding: padding, stride: stride)
  }
}
