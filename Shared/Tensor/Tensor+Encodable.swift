extension Tensor: Encodable {
  /// As the list of its scalars, in row-major order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(scalars)
  }
}
