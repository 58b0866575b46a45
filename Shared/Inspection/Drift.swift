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
  /// The workers share the images; their distances are added in order.
  ///
  /// - Parameters:
  ///   - original: Shape `[N, H, W, C]`.
  ///   - changed: The same images, changed.
  /// - Returns: One entry a layer, in order.
  public func drift(from original: Tensor, to changed: Tensor) -> [LayerDrift] {
    let count = original.shape[0]
    let shards = Workers.shards(of: count, size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      relativeDistances(
        from: original.rows(shards[index]), to: changed.rows(shards[index]))
    }
    return layers.indices.map { layer in
      LayerDrift(
        name: layers[layer].name,
        relativeDistance: parts.flatMap { $0[layer] }.reduce(0, +)
          / Double(count))
    }
  }

  /// One list a layer, one distance an image.
  private func relativeDistances(from original: Tensor, to changed: Tensor)
    -> [[Double]]
  {
    zip(activations(of: original), activations(of: changed)).map {
      before, after in
      (0..<original.shape[0]).map {
        after.output.rows($0..<$0 + 1)
          .relativeDistance(from: before.output.rows($0..<$0 + 1))
      }
    }
  }
}

extension Tensor {
  /// ‖this − original‖₂ / ‖original‖₂; 0 if the original is zero.
  public func relativeDistance(from original: Tensor) -> Double {
    let length = original.norm
    return length > 0 ? (self - original).norm / length : 0
  }
}
