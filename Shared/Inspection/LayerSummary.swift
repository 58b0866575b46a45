/// One line of a network's table.
public struct LayerSummary: Sendable, Equatable, Codable {
  /// The layer's name.
  public let name: String
  /// What kind of layer it is.
  public let kind: String
  /// The shape of its output for one image.
  public let outputShape: [Int]
  /// The numbers it can learn.
  public let parameters: Int
  /// The numbers that training measures instead of learning them.
  public let buffers: Int
  /// The multiply-adds it needs for one image.
  public let multiplyAdds: Int
}

extension Sequential {
  /// Every layer with its output shape, its parameters and its work.
  ///
  /// - Parameter inputShape: The shape of one image, `[H, W, C]`.
  /// - Returns: One summary a layer, in order.
  public func summary(for inputShape: [Int]) -> [LayerSummary] {
    var shape = inputShape
    return layers.map { name, layer in
      let work = layer.multiplyAdds(for: shape)
      shape = layer.outputShape(for: shape)
      return LayerSummary(
        name: name, kind: "\(type(of: layer))", outputShape: shape,
        parameters: layer.parameterCount,
        buffers: layer.buffers.reduce(0) { $0 + $1.value.count },
        multiplyAdds: work)
    }
  }
}
