/// An attack on a network of the attacker's own, carried over to the model.
///
/// What fools one network often fools another that has learned the same task.
/// So whoever has a network of that kind needs no access: the images are made
/// on it, and the model under attack is never asked. Szegedy et al.,
/// "Intriguing properties of neural networks", ICLR 2014, arXiv:1312.6199;
/// Papernot et al., "Practical Black-Box Attacks against Machine Learning",
/// AsiaCCS 2017, arXiv:1602.02697.
///
/// What fools several networks is more likely to fool one more (Liu et al.,
/// "Delving into Transferable Adversarial Examples and Black-box Attacks", ICLR
/// 2017, arXiv:1611.02770). Several are attacked as one, with the mean of their
/// logits (Dong et al., CVPR 2018, arXiv:1710.06081, "ensemble in logits").
///
/// An attack that stops at the boundary of the surrogate does not carry over
/// well: the model's boundary lies elsewhere.
public struct Transfer: Attack {
  /// The attack, with its settings.
  public let attack: any Attack
  private let surrogate: Sequential

  public var bound: Bound { attack.bound }

  /// - Parameters:
  ///   - attack: What is done to the images.
  ///   - surrogates: The attacker's own networks, one or more, each for the
  ///     images and classes of the model under attack.
  public init(_ attack: any Attack, from surrogates: [Sequential]) {
    precondition(
      !surrogates.isEmpty, "a transfer takes at least one surrogate network")
    self.attack = attack
    surrogate =
      surrogates.count == 1
      ? surrogates[0] : ["mean": MeanOfNetworks(networks: surrogates)]
  }

  public func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    attack.perturb(images, goals: goals, against: surrogate)
  }
}

/// Several networks side by side, as a layer: the mean of their logits.
private struct MeanOfNetworks: Layer {
  let networks: [Sequential]

  func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [[any Sendable]])
  {
    let results = networks.map { $0.forward(input, mode: mode) }
    return (mean(results.map(\.output)), results.map(\.cache))
  }

  func inputGradient(_ outputGradient: Tensor, cache: [[any Sendable]])
    -> Tensor
  {
    mean(
      zip(networks, cache).map { $0.inputGradient(outputGradient, cache: $1) })
  }

  func outputShape(for inputShape: [Int]) -> [Int] {
    networks[0].outputShape(for: inputShape)
  }

  private func mean(_ tensors: [Tensor]) -> Tensor {
    tensors.dropFirst().reduce(tensors[0], +) * (1 / Float(tensors.count))
  }
}
