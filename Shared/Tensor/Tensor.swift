/// A dense block of numbers with a shape.
///
/// Scalars lie in row-major order: the last axis is contiguous. A batch of
/// images has the shape `[N, H, W, C]`: channels come last, so that everything
/// the network knows about one pixel lies side by side. That is the order in
/// which convolution and pooling read it.
public struct Tensor: Sendable, Equatable {
  /// The size of each axis.
  public private(set) var shape: [Int]
  /// Every number, in row-major order.
  public var scalars: [Float]

  /// Gives the scalars a shape.
  public init(shape: [Int], scalars: [Float]) {
    precondition(
      shape.reduce(1, *) == scalars.count,
      "shape \(shape) needs \(shape.reduce(1, *)) scalars, "
        + "got \(scalars.count)")
    self.shape = shape
    self.scalars = scalars
  }

  /// A tensor that holds the same value everywhere.
  public init(shape: [Int], repeating value: Float = 0) {
    self.shape = shape
    self.scalars = Array(repeating: value, count: shape.reduce(1, *))
  }

  /// A vector, shape `[n]`.
  public init(_ scalars: [Float]) {
    self.init(shape: [scalars.count], scalars: scalars)
  }

  /// The number of scalars.
  public var count: Int { scalars.count }

  /// The same scalars under another shape of the same size.
  public func reshaped(to newShape: [Int]) -> Tensor {
    Tensor(shape: newShape, scalars: scalars)
  }

  /// The scalar at one index per axis: for looking, not for inner loops.
  public subscript(index: Int...) -> Float {
    get { scalars[offset(of: index)] }
    set { scalars[offset(of: index)] = newValue }
  }

  private func offset(of index: [Int]) -> Int {
    precondition(
      index.count == shape.count
        && zip(index, shape).allSatisfy { $0 >= 0 && $0 < $1 },
      "index \(index) is outside a tensor of shape \(shape)")
    return zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

extension Tensor {
  /// How many scalars one entry of the first axis holds.
  public var rowCount: Int { shape.dropFirst().reduce(1, *) }

  /// A range of the first axis: some images of a batch.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= (shape.first ?? 0),
      "rows \(range) are outside a tensor of shape \(shape)")
    let bounds = range.lowerBound * rowCount..<range.upperBound * rowCount
    return Tensor(
      shape: [range.count] + shape.dropFirst(),
      scalars: Array(scalars[bounds]))
  }

  /// Tensors of the same row shape, one after the other along the first axis.
  public init(concatenating parts: [Tensor]) {
    precondition(!parts.isEmpty, "nothing to concatenate")
    let rowShape = Array(parts[0].shape.dropFirst())
    precondition(
      parts.allSatisfy { Array($0.shape.dropFirst()) == rowShape },
      "cannot concatenate shapes \(parts.map(\.shape))")
    var scalars: [Float] = []
    scalars.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { scalars += part.scalars }
    let rows = parts.reduce(0) { $0 + ($1.shape.first ?? 0) }
    self.init(shape: [rows] + rowShape, scalars: scalars)
  }
}
