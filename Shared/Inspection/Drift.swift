/// How far one layer's outputs move when its input is changed.
public struct LayerDrift: Sendable, Equatable, Codable {
  /// The layer.
  public let name: String
  /// ‖a(x′) − a(x)‖₂ / ‖a(x)‖₂, averaged over the images.
  public let relativeDistance: Double
}

extension Sequential {
  /// Compares every layer's outputs for two versions of the same images.
  ///
  /// - Parameters:
  ///   - original: Shape `[N, H, W, C]`.
  ///   - changed: The same images, changed.
  /// - Returns: One entry a layer, in order.
  public func drift(from original: Tensor, to changed: Tensor) -> [LayerDrift] {
    let pairs = zip(activations(of: original), activations(of: changed))
    return pairs.map { before, after in
      let distances = (0..<original.shape[0]).map { image -> Double in
        let row = before.output.rows(image..<image + 1)
        let length = row.norm
        let moved = (after.output.rows(image..<image + 1) - row).norm
        return length > 0 ? moved / length : 0
      }
      return LayerDrift(
        name: before.name,
        relativeDistance: distances.reduce(0, +) / Double(distances.count))
    }
  }
}
