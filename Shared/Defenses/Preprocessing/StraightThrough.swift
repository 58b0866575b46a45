/// A layer on the way forward, and nothing on the way back.
///
/// The backward pass differentiable approximation of Athalye, Carlini and
/// Wagner, "Obfuscated Gradients Give a False Sense of Security", ICML 2018,
/// arXiv:1802.00420, section 4.1, for a layer whose output resembles its input:
/// its slope is taken to be that of the identity, 1.
///
/// It is the attacker's: a copy of the defended model to find the way with,
/// while the model itself stays as it is.
///
///     let defense = Thresholding()
///     let honest = model.defended(by: defense, named: "threshold")
///     let copy = model.defended(
///       by: defense.straightThrough, named: "threshold")
///     AttackRun(Transfer(attack, from: [copy]), on: batch, against: honest)
///
/// The two give the same logits to the same images. So an attack that asks the
/// copy for labels on its way (`WorstCase`, or one that stops at success) gets
/// the answers of the honest model, and what it leaves of the copy's accuracy
/// it leaves of the model's.
public struct StraightThrough: Layer {
  /// What the forward pass does.
  public let layer: any Layer

  /// The same forward pass as a layer that keeps the shape of its input.
  public init(_ layer: any Layer) { self.layer = layer }

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    let output = layer.erasedForward(input, mode: mode).output
    precondition(
      output.shape == input.shape,
      "only a layer that keeps the shape can be passed straight through, got "
        + "\(output.shape) from \(input.shape)")
    return (output, input.shape)
  }

  /// As it comes.
  public func inputGradient(_ outputGradient: Tensor, cache shape: [Int])
    -> Tensor
  {
    requireGradient(outputGradient, forInput: shape)
    return outputGradient
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    layer.problem(withInput: inputShape)
  }
}

extension Layer {
  /// The same forward pass, with the backward pass of the identity.
  public var straightThrough: StraightThrough { StraightThrough(self) }
}
