/// What one batch says about a model: how well it does, and how to do better.
public struct BatchGradients: Sendable {
  /// The mean loss over the batch.
  public var loss: Double
  /// How many images the model classified as labelled.
  public var correct: Int
  /// ∂(mean loss)/∂parameter, in the order of the model's parameters.
  public var parameters: [Tensor]
}

/// The images that one worker takes at a time.
///
/// Eight are enough to fill the vectors and few enough that their activations
/// stay near the core. A fixed number, so that sums have a fixed
/// order whatever the number of workers.
let shardSize = 8

extension Sequential {
  /// The gradient of the mean loss with respect to every parameter.
  ///
  /// The batch is cut into shards of eight images, the workers share them, and
  /// the shards' gradients are added in order: the same bits for any number of
  /// workers.
  public func parameterGradients(on batch: Batch, mode: Mode) -> BatchGradients
  {
    precondition(batch.count > 0, "an empty batch has no gradient")
    let shards = Workers.shards(of: batch.count, size: shardSize)
    let parts = Workers.map(shards.count) { index in
      shardGradients(
        batch.range(shards[index]), of: batch.count, mode.forShard(index))
    }
    var total = parts[0]
    for part in parts.dropFirst() {
      total.loss += part.loss
      total.correct += part.correct
    }
    total.parameters = sum(parts.map(\.parameters))
    return total
  }

  private func shardGradients(_ shard: Batch, of total: Int, _ mode: Mode)
    -> BatchGradients
  {
    let (logits, cache) = forward(shard.images, mode: mode)
    let (losses, gradient) = softmaxCrossEntropy(
      logits: logits, labels: shard.labels)
    return BatchGradients(
      loss: losses.reduce(0, +) / Double(total),
      correct: zip(predictions(logits), shard.labels).count { $0 == $1 },
      parameters: parameterGradients(
        gradient * (1 / Float(total)), cache: cache))
  }

  /// ∂loss/∂pixel of every image: what an attacker computes.
  ///
  /// Each image's own loss, not the mean, in inference mode. No parameter
  /// gradient is computed.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - labels: N class numbers.
  /// - Returns: The gradient, in the shape of `images`.
  public func inputGradient(of images: Tensor, labels: [Int]) -> Tensor {
    precondition(
      images.shape.first == labels.count,
      "images \(images.shape) and \(labels.count) labels do not match")
    let shards = Workers.shards(of: labels.count, size: shardSize)
    let parts = Workers.map(shards.count) { index in
      let (logits, cache) = forward(
        images.rows(shards[index]), mode: .inference)
      let gradient = softmaxCrossEntropy(
        logits: logits, labels: Array(labels[shards[index]])
      ).gradient
      return inputGradient(gradient, cache: cache)
    }
    return parts.isEmpty ? images : Tensor(concatenating: parts)
  }

  /// The logits of every image, `[N, classes]`, computed by all workers.
  public func logits(of images: Tensor) -> Tensor {
    let shards = Workers.shards(of: images.shape[0], size: shardSize)
    precondition(!shards.isEmpty, "no images to classify")
    return Tensor(
      concatenating: Workers.map(shards.count) { self(images.rows(shards[$0])) }
    )
  }
}

/// Adds lists of tensors, list after list; the workers share the tensors' rows.
private func sum(_ lists: [[Tensor]]) -> [Tensor] {
  Workers.map(lists[0].count) { index in
    var total = lists[0][index]
    for list in lists.dropFirst() { total += list[index] }
    return total
  }
}

/// The class with the largest logit, row by row; the first of equals.
public func predictions(_ logits: Tensor) -> [Int] {
  let classes = logits.shape[1]
  return (0..<logits.shape[0]).map { row in
    let scalars = logits.scalars[row * classes..<(row + 1) * classes]
    return (1..<classes).reduce(0) { best, i in
      scalars[row * classes + i] > scalars[row * classes + best] ? i : best
    }
  }
}

extension Mode {
  fileprivate func forShard(_ index: Int) -> Mode {
    guard case .training(let seed) = self else { return self }
    return .training(seed: derivedSeed(seed, 1000 + UInt64(index)))
  }
}
