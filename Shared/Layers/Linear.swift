/// A fully connected layer: every output is a weighted sum of all inputs.
///
///     output[n, o] = bias[o] + Σ weight[o, i] · input[n, i]
public struct Linear: Layer {
  /// Shape `[outputs, inputs]`.
  public var weight: Tensor
  /// Shape `[outputs]`.
  public var bias: Tensor

  /// A layer with given weights: for tests, checkpoints, hand examples.
  public init(weight: Tensor, bias: Tensor) {
    precondition(
      weight.shape.count == 2 && bias.shape == [weight.shape[0]],
      "a linear layer needs weights [outputs, inputs] and a bias [outputs], "
        + "got \(weight.shape) and \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  /// A layer with PyTorch's random initial weights.
  public init(
    _ inputs: Int, _ outputs: Int, using generator: inout SeededGenerator
  ) {
    self.init(
      weight: .kaimingUniform(
        [outputs, inputs], fanIn: inputs, using: &generator),
      bias: .kaimingUniform([outputs], fanIn: inputs, using: &generator))
  }

  private var outputs: Int { weight.shape[0] }
  private var inputs: Int { weight.shape[1] }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Tensor)
  {
    requireInput(input.shape)
    let count = input.shape[0]
    let output = linearForward(
      input.scalars, count: count, inputs: inputs, outputs: outputs,
      weights: weight.scalars, bias: bias.scalars)
    return (Tensor(shape: [count, outputs], scalars: output), input)
  }

  /// Each input collects from the outputs it fed: G · W.
  public func inputGradient(_ outputGradient: Tensor, cache input: Tensor)
    -> Tensor
  {
    requireGradient(outputGradient, forInput: input.shape)
    return Tensor(
      shape: input.shape,
      scalars: linearInputGradient(
        outputGradient.scalars, count: input.shape[0], inputs: inputs,
        outputs: outputs, weights: weight.scalars))
  }

  /// Each weight collects from the pair it connects: Gᵀ · X.
  public func parameterGradients(_ outputGradient: Tensor, cache input: Tensor)
    -> [Tensor]
  {
    requireGradient(outputGradient, forInput: input.shape)
    return parameterGradients(from: [
      contribution(outputGradient, cache: input)
    ])
  }

  /// The product waits for the whole batch: `fc1` alone has 1.6 MB of weights,
  /// and to write and add that much for every few images would take longer than
  /// to compute it.
  public func contribution(_ outputGradient: Tensor, cache input: Tensor)
    -> LinearLayerPart
  {
    LinearLayerPart(input: input, outputGradient: outputGradient)
  }

  public func parameterGradients(from parts: [LinearLayerPart])
    -> [Tensor]
  {
    let gradients = parts.flatMap(\.outputGradient.scalars)
    var biasGradient = Tensor(shape: bias.shape)
    addColumnSums(
      of: gradients, rows: gradients.count / outputs, columns: outputs,
      to: &biasGradient.scalars)
    return [
      Tensor(
        shape: weight.shape,
        scalars: linearWeightGradient(
          parts, inputs: inputs, outputs: outputs)),
      biasGradient,
    ]
  }

  public mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    body("weight", &weight)
    body("bias", &bias)
  }

  public func outputShape(for inputShape: [Int]) -> [Int] {
    requireInput([1] + inputShape)
    return [outputs]
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    inputShape == [inputs]
      ? nil : "takes \(inputs) numbers (its weights are \(weight.shape))"
  }

  public func multiplyAdds(for inputShape: [Int]) -> Int { weight.count }

  private func requireInput(_ shape: [Int]) {
    precondition(
      shape.count == 2 && shape[1] == inputs,
      "a linear layer with weights \(weight.shape) takes [N, \(inputs)], "
        + "got \(shape)")
  }
}
