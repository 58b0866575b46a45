/// Switches off a random share of its inputs while the network is learning.
///
/// Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
/// Overfitting", JMLR 15 (2014). The survivors are scaled by 1 / (1 − rate), so
/// that the expected sum stays the same; in inference mode nothing happens.
public struct Dropout: Layer {
  /// The share that is switched off, 0 ..< 1.
  public var rate: Float

  /// Dropout of the given share.
  public init(_ rate: Float) {
    precondition(
      rate >= 0 && rate < 1, "a dropout rate lies in 0..<1, got \(rate)")
    self.rate = rate
  }

  /// The cache is the mask, or nothing if nothing was dropped.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Tensor?)
  {
    guard case .training(let seed) = mode, rate > 0 else { return (input, nil) }
    var generator = SeededGenerator(seed: seed)
    let scale = 1 / (1 - rate)
    let mask = input.map { _ in generator.uniform() < rate ? 0 : scale }
    return (masked(input, mask), mask)
  }

  public func inputGradient(_ outputGradient: Tensor, cache mask: Tensor?)
    -> Tensor
  {
    guard let mask else { return outputGradient }
    requireGradient(outputGradient, forInput: mask.shape)
    return masked(outputGradient, mask)
  }

  private func masked(_ tensor: Tensor, _ mask: Tensor) -> Tensor {
    Tensor(
      shape: tensor.shape,
      scalars: multipliedElements(
        tensor.scalars, mask.scalars, count: tensor.count))
  }
}
