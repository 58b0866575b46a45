extension Tensor {
  /// Random weights as PyTorch draws them for `Conv2d` and `Linear`.
  ///
  /// Kaiming uniform (He et al. 2015, arXiv:1502.01852) with a = √5: the bound
  /// √(6 / ((1 + a²) · fanIn)) is then simply 1 / √fanIn. PyTorch draws the
  /// bias from the same interval.
  ///
  /// - Parameters:
  ///   - shape: The shape of the weights.
  ///   - fanIn: How many inputs one output is summed from.
  ///   - generator: The source of randomness.
  /// - Returns: Uniform values in ±1/√fanIn.
  public static func kaimingUniform(
    _ shape: [Int], fanIn: Int, using generator: inout SeededGenerator
  ) -> Tensor {
    let bound = 1 / Float(fanIn).squareRoot()
    let count = shape.reduce(1, *)
    return Tensor(
      shape: shape,
      scalars: (0..<count).map { _ in generator.uniform(within: bound) })
  }
}
