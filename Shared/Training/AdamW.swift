/// Adam with weight decay that does not pass through Adam.
///
/// Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
/// arXiv:1711.05101. First every parameter shrinks, then Adam makes its step:
///
///     parameter ← parameter − learningRate · weightDecay · parameter
///     parameter ← Adam's step, from the gradient alone
///
/// A decay that is added to the gradient, as in `Adam`, is divided by the root
/// of the mean square like everything else, and then shrinks least the weights
/// with the largest gradients. Formulas and defaults are PyTorch's.
public struct AdamW: Optimizer {
  /// From parameters, gradients, memory, learning rate and weight decay to new
  /// parameters and memory.
  public typealias Rule =
    @Sendable (
      _ parameters: [Float], _ gradients: [Float], _ state: AdamState,
      _ learningRate: Float, _ weightDecay: Float
    ) -> (parameters: [Float], state: AdamState)

  public var learningRate: Float
  /// The strength of the pull towards zero.
  public let weightDecay: Float
  private let hasOwnRule: Bool
  private var adam: Adam

  /// AdamW with the given settings, or with a rule of one's own in the place of
  /// `step`, which then has its own constants.
  public init(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0.01,
    rule: Rule? = nil
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    hasOwnRule = rule != nil
    var adamRule: Adam.Rule?
    if let rule { adamRule = { rule($0, $1, $2, $3, weightDecay) } }
    adam = Adam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      rule: adamRule)
  }

  /// The rule for one list of numbers, with Adam's usual constants.
  ///
  /// - Returns: The new parameters and what to remember.
  public static func step(
    parameters: [Float], gradients: [Float], state: AdamState,
    learningRate: Float, weightDecay: Float
  ) -> (parameters: [Float], state: AdamState) {
    let shrunk = parameters.map { $0 - learningRate * weightDecay * $0 }
    return Adam.step(
      parameters: shrunk, gradients: gradients, state: state,
      learningRate: learningRate)
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    let factor = 1 - learningRate * weightDecay
    if !hasOwnRule, factor != 1 {
      model.visitParameters { _, value in
        for i in value.scalars.indices { value.scalars[i] *= factor }
      }
    }
    adam.learningRate = learningRate
    adam.update(&model, with: gradients)
  }
}
