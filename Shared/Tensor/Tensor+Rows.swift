extension Tensor {
  /// Some entries of the first axis, in the order given.
  public func rows(_ indices: [Int]) -> Tensor {
    var picked: [Float] = []
    picked.reserveCapacity(indices.count * rowCount)
    for index in indices { picked += row(index) }
    return Tensor(shape: [indices.count] + shape.dropFirst(), scalars: picked)
  }

  /// The scalars of one entry of the first axis.
  public func row(_ index: Int) -> ArraySlice<Float> {
    precondition(
      index >= 0 && index < (shape.first ?? 0),
      "row \(index) is outside a tensor of shape \(shape)")
    return scalars[index * rowCount..<(index + 1) * rowCount]
  }

  /// Every entry of the first axis, one after the other.
  public var allRows: [[Float]] {
    (0..<(shape.first ?? 0)).map { Array(row($0)) }
  }

  /// Puts scalars in the place of one entry of the first axis.
  public mutating func replaceRow(
    _ index: Int, with new: some Collection<Float>
  ) {
    precondition(
      new.count == rowCount,
      "a row of \(rowCount) scalars cannot be replaced by \(new.count)")
    scalars.replaceSubrange(
      index * rowCount..<(index + 1) * rowCount, with: new)
  }

  /// A tensor whose entries along the first axis are the given ones.
  ///
  /// - Parameters:
  ///   - rows: The scalars of each entry.
  ///   - rowShape: The shape of one entry.
  public init(rows: [[Float]], of rowShape: [Int]) {
    self.init(
      shape: [rows.count] + rowShape, scalars: Array(rows.joined()))
  }
}

/// A tensor of the same shape with every entry of the first axis transformed.
func eachRow(
  of tensor: Tensor, _ transform: (ArraySlice<Float>) -> [Float]
) -> Tensor {
  Tensor(
    rows: (0..<tensor.shape[0]).map { transform(tensor.row($0)) },
    of: Array(tensor.shape.dropFirst()))
}

/// The Euclidean length of some scalars, added in `Double`.
func lengthOf(_ scalars: some Sequence<Float>) -> Double {
  scalars.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}
