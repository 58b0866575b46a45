/// Keeps the largest value of each `size` × `size` block of pixels.
///
/// Blocks do not overlap; what is left over at the right and lower edge is
/// dropped. The gradient goes to the pixel that won. When several are equally
/// large the first in row-major order wins, as in PyTorch: on MNIST, with its
/// flat background, ties are common and the rule shows in the results.
public struct MaxPool2D: Layer {
  /// The side of a block.
  public var size: Int

  /// Pooling over blocks of `size` × `size` pixels.
  public init(_ size: Int) {
    precondition(
      (1...16).contains(size), "pooling takes blocks of 1 to 16, got \(size)")
    self.size = size
  }

  /// Backward needs to know which pixel of each block won.
  public struct Cache: Sendable {
    var winners: [UInt8]
    var inputShape: [Int]
  }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Cache)
  {
    let outputShape = outputShape(for: Array(input.shape.dropFirst()))
    let result = maxPoolForward(
      input.scalars, count: input.shape[0], height: input.shape[1],
      width: input.shape[2], channels: input.shape[3], size: size)
    return (
      Tensor(shape: [input.shape[0]] + outputShape, scalars: result.output),
      Cache(winners: result.winners, inputShape: input.shape)
    )
  }

  public func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    let shape = cache.inputShape
    requireGradient(outputGradient, forInput: shape)
    return Tensor(
      shape: shape,
      scalars: maxPoolInputGradient(
        outputGradient.scalars, winners: cache.winners, count: shape[0],
        height: shape[1], width: shape[2], channels: shape[3], size: size))
  }

  public func outputShape(for inputShape: [Int]) -> [Int] {
    precondition(
      problem(withInput: inputShape) == nil,
      "pooling by \(size) takes images [N, H, W, C] of at least that size, "
        + "got [N, \(inputShape.map(String.init).joined(separator: ", "))]")
    return [inputShape[0] / size, inputShape[1] / size, inputShape[2]]
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    inputShape.count == 3 && inputShape[0] >= size && inputShape[1] >= size
      ? nil : "takes images of at least \(size) × \(size) pixels"
  }
}
