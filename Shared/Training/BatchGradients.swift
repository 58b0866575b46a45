/// What one batch says about a model: how well it does, and how to do better.
public struct BatchGradients: Sendable {
  /// The mean loss over the batch.
  public var loss: Double
  /// The images that the model classified as labelled, of all.
  public var accuracy: Proportion
  /// ∂(mean loss)/∂parameter, in the order of the model's parameters.
  public var parameters: [Tensor]
}

/// The images that one worker takes at a time, to learn from them.
///
/// Eight are few enough that their activations stay near the core. A fixed
/// number, so that sums have a fixed order whatever the number of workers.
private let shardSize = 8

extension Sequential {
  /// The gradient of the mean loss with respect to every parameter.
  ///
  /// The batch is cut into shards of eight images, the workers share them, and
  /// the shards' gradients are added in order: the same bits for any number of
  /// workers. Linear layers wait until all shards are done and then work on the
  /// whole batch: `fc1` alone has 1.6 MB of weights, and to write and add that
  /// much for every shard would take longer than to compute it.
  public func parameterGradients(on batch: Batch, mode: Mode) -> BatchGradients
  {
    precondition(batch.count > 0, "an empty batch has no gradient")
    precondition(
      mode == .inference || !layers.contains { $0.layer is BatchNormalization },
      "batch normalization learns from the whole batch at once: train with "
        + "`forward` and `parameterGradients(_:cache:)`")
    let shards = Workers.shards(of: batch.count, size: shardSize)
    let network = PreparedNetwork(
      self, imageShape: Array(batch.images.shape.dropFirst()),
      hasGradients: true)
    let parts = Workers.map(shards.count) { index in
      shardGradients(
        network, batch[shards[index]], of: batch.count, mode.forShard(index))
    }
    let loss = parts.reduce(0) { $0 + $1.loss }
    WorkReport.send(
      passes: WorkReport.passesOfGradient * batch.count, loss: loss)
    return BatchGradients(
      loss: loss,
      accuracy: Proportion(
        parts.reduce(0) { $0 + $1.correct }, of: batch.count),
      parameters: layers.indices.flatMap { index in
        let contributions = parts.compactMap { $0.layers[index] }
        return combined(contributions, of: layers[index].layer)
      })
  }

  private func shardGradients(
    _ network: PreparedNetwork, _ shard: Batch, of total: Int, _ mode: Mode
  ) -> ShardGradients {
    let (logits, cache) = network.forward(shard.images, mode: mode)
    let (losses, gradient) = softmaxCrossEntropy(
      logits: logits, labels: shard.labels)
    var result = ShardGradients(
      loss: losses.reduce(0, +) / Double(total),
      correct: zip(predictions(logits), shard.labels).count { $0 == $1 },
      layers: Array(repeating: nil, count: layers.count))
    network.visitBack(gradient * (1 / Float(total)), cache: cache) {
      result.layers[$0] = $1
    }
    return result
  }
}

/// What one shard says.
private struct ShardGradients: Sendable {
  var loss: Double
  var correct: Int
  var layers: [PreparedGradients?]
}

/// Puts the shards' contributions to one layer together, in order.
private func combined(
  _ parts: [PreparedGradients], of layer: any Layer
) -> [Tensor] {
  var sum: [Tensor] = []
  var waiting: [LinearLayerPart] = []
  for part in parts {
    switch part {
    case .linear(let part): waiting.append(part)
    case .gradients(let gradients) where sum.isEmpty: sum = gradients
    case .gradients(let gradients):
      for index in sum.indices { sum[index] += gradients[index] }
    }
  }
  guard let linear = layer as? Linear, !waiting.isEmpty else { return sum }
  return linear.parameterGradients(waiting)
}

extension Mode {
  fileprivate func forShard(_ index: Int) -> Mode {
    guard case .training(let seed) = self else { return self }
    return .training(seed: derivedSeed(seed, .shard, index))
  }
}
