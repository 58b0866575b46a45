/// A model under attack: in inference mode, and counting.
///
/// It can be handed on, and nothing else. To ask it something takes one of the
/// types of `ModelAccess`.
public struct AttackedModel: Sendable {
  private let forward: PreparedNetwork
  private let both: PreparedNetwork
  private let counter: PassCounter
  /// Which image of the run each row belongs to.
  private let rows: [Int]

  /// - Parameters:
  ///   - model: The network.
  ///   - images: The images of the run, `[N, H, W, C]`.
  ///   - counter: Told of every pass.
  init(_ model: Sequential, images: Tensor, counter: PassCounter) {
    let imageShape = Array(images.shape.dropFirst())
    forward = PreparedNetwork(
      model, imageShape: imageShape, hasGradients: false)
    both = PreparedNetwork(model, imageShape: imageShape, hasGradients: true)
    self.counter = counter
    rows = Array(0..<images.shape[0])
  }

  private init(_ other: AttackedModel, rows: [Int]) {
    forward = other.forward
    both = other.both
    counter = other.counter
    self.rows = rows
  }

  func only(_ indices: [Int]) -> AttackedModel {
    AttackedModel(self, rows: indices.map { rows[$0] })
  }

  func logits(of images: Tensor) -> Tensor {
    count(Passes(forward: 1), images)
    let network = forward
    let parts = shards(of: images) { images, _ in
      network.forward(images, mode: .inference).output
    }
    WorkReport.send(passes: images.shape[0])
    return Tensor(concatenating: parts)
  }

  func slope(of loss: AttackLoss, at images: Tensor, goals: [Goal])
    -> LossSlope
  {
    precondition(
      images.shape[0] == goals.count,
      "images \(images.shape) and \(goals.count) goals do not match")
    count(Passes(forward: 1, backward: 1), images)
    let network = both
    let parts = shards(of: images) { images, range in
      let (logits, cache) = network.forward(images, mode: .inference)
      let (losses, gradient) = loss.slopes(logits, Array(goals[range]))
      return LossSlope(
        logits: logits, losses: losses,
        gradient: network.inputGradient(gradient, cache: cache))
    }
    WorkReport.send(passes: WorkReport.passesOfGradient * images.shape[0])
    return LossSlope(
      logits: Tensor(concatenating: parts.map(\.logits)),
      losses: parts.flatMap(\.losses),
      gradient: Tensor(concatenating: parts.map(\.gradient)))
  }

  private func shards<Part: Sendable>(
    of images: Tensor,
    _ body: @escaping @Sendable (_ images: Tensor, _ range: Range<Int>) -> Part
  ) -> [Part] {
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    return Workers.map(shards.count) { index in
      body(images.rows(shards[index]), shards[index])
    }
  }

  /// Several copies of an image in a row are so many passes of it.
  private func count(_ passes: Passes, _ images: Tensor) {
    let copies = images.shape[0] / max(1, rows.count)
    precondition(
      images.shape[0] == copies * rows.count && copies > 0,
      "\(images.shape[0]) images cannot be copies of \(rows.count)")
    counter.add(
      Passes(
        forward: passes.forward * copies, backward: passes.backward * copies),
      to: rows)
  }
}
