/// The rectifier: negative numbers become zero.
///
///     output = max(input, 0)
///
/// Without it, a stack of layers would be one linear map. Its slope is 1 above
/// zero and 0 at and below it, so the gradient passes or stops.
public struct ReLU: Layer {
  /// A rectifier; it has nothing to configure and nothing to learn.
  public init() {}

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Tensor)
  {
    let output = Tensor(
      shape: input.shape, scalars: rectified(input.scalars, count: input.count))
    return (output, input)
  }

  public func inputGradient(_ outputGradient: Tensor, cache input: Tensor)
    -> Tensor
  {
    requireGradient(outputGradient, forInput: input.shape)
    return Tensor(
      shape: input.shape,
      scalars: rectifiedGradient(
        outputGradient.scalars, input: input.scalars, count: input.count))
  }
}
