import Synchronization

/// Watches a model while it works and keeps statistics of every layer.
public struct ActivationMonitor: Sendable {
  /// One entry a layer, in the order of the model.
  public private(set) var layers: [ActivationStatistics] = []

  /// The images that one worker sums up before the sums are put together.
  private static let pieceSize = 8 * independentShardSize

  /// A monitor that has seen nothing yet.
  public init() {}

  /// Runs the model over images and takes in what its layers put out.
  ///
  /// The workers share the images. Each piece is summed up on its own and the
  /// pieces are added in order, so the number of workers changes no bit.
  ///
  /// - Parameters:
  ///   - model: The model to watch; it stays as it is.
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  public mutating func watch(_ model: Sequential, on images: Tensor) {
    let pieces = Workers.shards(of: images.shape[0], size: Self.pieceSize)
    let parts = Workers.map(pieces.count) { index in
      statistics(of: model, on: images.rows(pieces[index]))
    }
    for part in parts {
      guard !layers.isEmpty else {
        layers = part
        continue
      }
      for index in layers.indices { layers[index].merge(part[index]) }
    }
  }
}

/// Statistics of every layer, from one worker.
private func statistics(of model: Sequential, on images: Tensor)
  -> [ActivationStatistics]
{
  let seen = Mutex<[ActivationStatistics]>([])
  let watched = model.observed { name, output in
    seen.withLock { $0.add(output, of: name) }
  }
  let network = PreparedNetwork(
    watched, imageShape: Array(images.shape.dropFirst()), hasGradients: false)
  let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
  for range in shards {
    _ = network.forward(images.rows(range), mode: .inference)
  }
  return seen.withLock { $0 }
}

extension [ActivationStatistics] {
  /// Takes in one layer's output for a batch.
  fileprivate mutating func add(_ output: Tensor, of name: String) {
    let index = firstIndex { $0.name == name } ?? count
    if index == count {
      append(
        ActivationStatistics(name: name, shape: [Int](output.shape.dropFirst()))
      )
    }
    self[index].add(output)
  }
}
