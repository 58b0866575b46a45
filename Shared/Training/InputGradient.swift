extension Sequential {
  /// ∂loss/∂pixel of every image: what an attacker computes.
  ///
  /// Each image's own cross-entropy, not the mean, in inference mode. No
  /// parameter gradient is computed.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - labels: N class numbers.
  /// - Returns: The gradient, in the shape of `images`.
  public func inputGradient(of images: Tensor, labels: [Int]) -> Tensor {
    precondition(
      images.shape.first == labels.count,
      "images \(images.shape) and \(labels.count) labels do not match")
    let goals = labels.map(Goal.avoid)
    return inputGradient(of: images) { logits, range in
      AttackLoss.crossEntropy.slopes(logits, Array(goals[range])).gradient
    }
  }

  /// ∂loss/∂pixel of every image, for any loss that is a function of the logits.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - lossGradient: ∂loss/∂logits, `[n, classes]`, given the logits of some
  ///     images and which of the N they are.
  /// - Returns: The gradient, in the shape of `images`.
  public func inputGradient(
    of images: Tensor,
    through lossGradient:
      @escaping @Sendable (_ logits: Tensor, _ images: Range<Int>) -> Tensor
  ) -> Tensor {
    let count = images.shape[0]
    let shards = Workers.shards(of: count, size: independentShardSize)
    let network = PreparedNetwork(
      self, imageShape: Array(images.shape.dropFirst()), hasGradients: true)
    let parts = Workers.map(shards.count) { index in
      let (logits, cache) = network.forward(
        images.rows(shards[index]), mode: .inference)
      return network.inputGradient(
        lossGradient(logits, shards[index]), cache: cache)
    }
    WorkReport.send(passes: WorkReport.passesOfGradient * count)
    return parts.isEmpty ? images : Tensor(concatenating: parts)
  }
}
