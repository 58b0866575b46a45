/// One pass of a batch through a network, forward and back.
///
/// It is cut twice. The images are cut into shards of eight, which the workers
/// share: few enough that their activations stay near the core. Every layer's
/// contributions are kept in the order of the shards, so that the result has
/// the same bits for any number of workers. The layers are cut where one must
/// see the whole batch: the shards wait for each other there, it runs once, and
/// they go on.
struct BatchPass {
  private let model: Sequential
  private let batch: Batch
  private let mode: Mode
  private let batchLoss: BatchLoss
  private let shards: [Range<Int>]
  /// The mean loss.
  private(set) var loss = 0.0
  /// How many images were classified as labelled.
  private(set) var correct = 0
  /// For each layer the contributions of the shards, or of the whole batch.
  private(set) var contributions: [[any Sendable]]
  /// What layers that see the whole batch have measured.
  private(set) var measurements: [(layer: Int, cache: any Sendable)] = []

  init(
    _ model: Sequential, on batch: Batch, mode: Mode,
    through batchLoss: BatchLoss
  ) {
    self.model = model
    self.batch = batch
    self.mode = mode
    self.batchLoss = batchLoss
    // A fixed number, so that sums have a fixed order.
    shards = Workers.shards(of: batch.count, size: 8)
    contributions = model.layers.map { _ in [] }
  }

  mutating func run() { _ = run(from: 0, batch.images) }

  /// Runs the layers from `first` on.
  ///
  /// - Returns: The shards' gradients of the loss with respect to their input,
  ///   if there are layers before them.
  private mutating func run(from first: Int, _ input: Tensor) -> [Tensor] {
    let end = model.layers.endIndex
    let next = (first..<end).first { index in
      mode != .inference && model.layers[index].layer.seesWholeBatch
    }
    guard let next else { return finish(network(first..<end, input), input) }
    let (layer, layerMode) = (model.layers[next].layer, mode.forLayer(next))
    let before = network(first..<next, input)
    let passed = forward(before, input)
    let whole = layer.erasedForward(
      together(passed.map(\.output)), mode: layerMode)
    let gradient = together(run(from: next + 1, whole.output))
    contributions[next] = [
      layer.erasedContribution(gradient, cache: whole.cache)
    ]
    measurements.append((next, whole.cache))
    return back(
      before, layer.erasedInputGradient(gradient, cache: whole.cache),
      passed.map(\.cache))
  }

  /// What the shards have made, as one batch.
  private func together(_ parts: [Tensor]) -> Tensor {
    Tensor(
      shape: [batch.count] + parts[0].shape.dropFirst(),
      scalars: joined(parts.map(\.scalars)))
  }

  private func network(_ layers: Range<Int>, _ input: Tensor)
    -> PreparedNetwork
  {
    PreparedNetwork(
      model, layers: layers, imageShape: Array(input.shape.dropFirst()),
      hasGradients: true)
  }

  private func forward(_ network: PreparedNetwork, _ input: Tensor)
    -> [(output: Tensor, cache: [any Sendable])]
  {
    let (shards, mode) = (shards, mode)
    return Workers.map(shards.count) { index in
      network.forward(input.rows(shards[index]), mode: mode.forShard(index))
    }
  }

  private mutating func back(
    _ network: PreparedNetwork, _ gradient: Tensor, _ caches: [[any Sendable]]
  ) -> [Tensor] {
    let shards = shards
    return collect(
      Workers.map(shards.count) { index in
        Shard(network, gradient.rows(shards[index]), caches[index])
      })
  }

  /// The last layers, the loss, and back: a shard does all of it at once.
  private mutating func finish(_ network: PreparedNetwork, _ input: Tensor)
    -> [Tensor]
  {
    let (batch, shards, mode, batchLoss) = (batch, shards, mode, batchLoss)
    let parts = Workers.map(shards.count) { index in
      let labels = Array(batch.labels[shards[index]])
      let (logits, cache) = network.forward(
        input.rows(shards[index]), mode: mode.forShard(index))
      let (losses, gradient) = batchLoss(logits, shards[index])
      var shard = Shard(network, gradient * (1 / Float(batch.count)), cache)
      shard.loss = losses.reduce(0, +) / Double(batch.count)
      shard.correct = zip(predictions(logits), labels).count { $0 == $1 }
      return shard
    }
    loss = parts.reduce(0) { $0 + $1.loss }
    correct = parts.reduce(0) { $0 + $1.correct }
    return collect(parts)
  }

  private mutating func collect(_ parts: [Shard]) -> [Tensor] {
    for part in parts {
      for (layer, contribution) in part.contributions {
        contributions[layer].append(contribution)
      }
    }
    return parts.map(\.gradient)
  }
}

/// What one shard says on its way back.
private struct Shard: Sendable {
  var loss = 0.0
  var correct = 0
  var contributions: [(layer: Int, contribution: any Sendable)] = []
  /// The gradient that arrives at the first layer.
  var gradient: Tensor

  init(
    _ network: PreparedNetwork, _ outputGradient: Tensor,
    _ cache: [any Sendable]
  ) {
    var all: [(layer: Int, contribution: any Sendable)] = []
    gradient = network.visitBack(outputGradient, cache: cache) {
      all.append(($0, $1))
    }
    contributions = all
  }
}

extension Mode {
  fileprivate func forShard(_ index: Int) -> Mode {
    guard case .training(let seed) = self else { return self }
    return .training(seed: derivedSeed(seed, .shard, index))
  }
}
