extension Tensor {
  /// Element-wise sum of two tensors of one shape.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right) { $0 + $1 }
  }

  /// Element-wise difference of two tensors of one shape.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right) { $0 - $1 }
  }

  /// Every scalar times one factor.
  public static func * (tensor: Tensor, factor: Float) -> Tensor {
    tensor.map { $0 * factor }
  }

  /// Adds another tensor of the same shape in place.
  public static func += (left: inout Tensor, right: Tensor) {
    left.requireShape(of: right)
    addElements(&left.scalars, right.scalars, count: right.count)
  }

  /// A tensor of the same shape with every scalar transformed.
  public func map(_ transform: (Float) -> Float) -> Tensor {
    Tensor(shape: shape, scalars: scalars.map(transform))
  }

  /// A tensor of the same shape that combines scalars pair by pair.
  public func combined(
    with other: Tensor, _ combine: (Float, Float) -> Float
  ) -> Tensor {
    requireShape(of: other)
    return Tensor(
      shape: shape,
      scalars: combinedElements(scalars, other.scalars, count: count, combine))
  }

  private func requireShape(of other: Tensor) {
    precondition(
      shape == other.shape,
      "shapes \(shape) and \(other.shape) do not match")
  }
}

extension Tensor {
  /// The sum of all scalars, added in `Double`.
  public var sum: Double { scalars.reduce(0) { $0 + Double($1) } }

  /// The mean of all scalars.
  public var mean: Double { sum / Double(count) }

  /// The Euclidean length, ‖x‖₂.
  public var norm: Double {
    scalars.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  /// The largest magnitude, ‖x‖∞.
  public var maximumMagnitude: Float {
    scalars.reduce(0) { max($0, abs($1)) }
  }
}
