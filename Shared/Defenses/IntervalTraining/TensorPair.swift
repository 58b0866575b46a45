/// A box of tensors, as center and radius or as upper and lower end; or the
/// gradients with respect to these.
struct TensorPair: Sendable {
  var first: Tensor
  var second: Tensor

  /// (first + second) · scale and (first − second) · scale.
  ///
  /// From center and radius it makes the ends c + r and c − r; from the ends,
  /// with scale ½, center and radius (u + l) / 2 and (u − l) / 2. Either map is
  /// its own transpose, so gradients go back through it by the same formula
  /// with the same scale.
  func turned(scaledBy scale: Float = 1) -> TensorPair {
    precondition(
      first.shape == second.shape,
      "shapes \(first.shape) and \(second.shape) do not match")
    let (sums, differences) = sumsAndDifferences(
      first.scalars, second.scalars, count: first.count, scaledBy: scale)
    return TensorPair(
      first: Tensor(shape: first.shape, scalars: sums),
      second: Tensor(shape: first.shape, scalars: differences))
  }

  /// Center and radius of all pixels within ε of those of some images, and
  /// within 0...1.
  static func box(around images: Tensor, epsilon: Float) -> TensorPair {
    let (upper, lower) = clippedEnds(
      images.scalars, count: images.count, epsilon: epsilon)
    return TensorPair(
      first: Tensor(shape: images.shape, scalars: upper),
      second: Tensor(shape: images.shape, scalars: lower)
    ).turned(scaledBy: 0.5)
  }
}
