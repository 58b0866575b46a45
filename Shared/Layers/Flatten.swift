/// Turns images `[N, H, W, C]` into rows `[N, C·H·W]`.
///
/// The row lists channel after channel, as PyTorch's does, so that the weights
/// of the next layer mean the same in both.
public struct Flatten: Layer {
  /// A flattening; it has nothing to configure and nothing to learn.
  public init() {}

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    precondition(
      input.shape.count == 4, "flatten takes [N, H, W, C], got \(input.shape)")
    let pixels = input.shape[1] * input.shape[2]
    let rows = swappedAxes(
      input.scalars, count: input.shape[0], pixels, input.shape[3])
    return (
      Tensor(shape: [input.shape[0], input.rowCount], scalars: rows),
      input.shape
    )
  }

  public func inputGradient(_ outputGradient: Tensor, cache shape: [Int])
    -> Tensor
  {
    requireGradient(outputGradient, forInput: shape)
    return Tensor(
      shape: shape,
      scalars: swappedAxes(
        outputGradient.scalars, count: shape[0], shape[3], shape[1] * shape[2]))
  }

  public func outputShape(for inputShape: [Int]) -> [Int] {
    [inputShape.reduce(1, *)]
  }
}
