/// Adversarial training on batches that are only partly attacked.
///
/// Kurakin, Goodfellow and Bengio, "Adversarial Machine Learning at Scale",
/// ICLR 2017, arXiv:1611.01236, algorithm 1: of m images in a batch, k are
/// replaced by attacked versions, and the rest stay clean. Share 0 is ordinary
/// training, share 1 that of Madry et al. (2018), arXiv:1706.06083.
public enum AdversarialMix {
  /// From a clean batch, its attacked images and a share to the mix.
  public typealias Mixing =
    @Sendable (_ clean: Batch, _ attacked: Tensor, _ share: Float) -> Batch

  /// Replaces the last images of a batch by their attacked versions.
  ///
  /// - Parameters:
  ///   - clean: N images, shape `[N, H, W, C]`, with their labels.
  ///   - attacked: The same images after an attack, in the same order.
  ///   - share: Which part to replace, 0...1: round(share · N) images.
  /// - Returns: N images with the labels that they had.
  public static func batch(clean: Batch, attacked: Tensor, share: Float)
    -> Batch
  {
    precondition(
      attacked.shape == clean.images.shape && (0...1).contains(share),
      "cannot mix shapes \(clean.images.shape) and \(attacked.shape) with "
        + "share \(share)")
    let kept =
      clean.count - Int((share * Float(clean.count)).rounded())
    return Batch(
      images: Tensor(concatenating: [
        clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
      ]),
      labels: clean.labels)
  }

  /// Attacks the model as it is now, mixes, and asks for the gradients of the
  /// mean loss; dropout is off in both.
  ///
  /// - Parameters:
  ///   - model: The model in training.
  ///   - batch: Clean images with their labels.
  ///   - attack: What the model is to withstand.
  ///   - share: Which part of the batch to attack, 0...1.
  ///   - mix: Puts clean and attacked images together.
  /// - Returns: What one step of an optimizer needs.
  public static func gradients(
    of model: Sequential, on batch: Batch, attack: any Attack,
    share: Float, mix: Mixing = batch
  ) -> BatchGradients {
    let attacked = attack.perturb(
      batch.images, labels: batch.labels, against: model)
    return model.withoutDropout.parameterGradients(
      on: mix(batch, attacked, share), mode: .training(seed: 0))
  }
}
