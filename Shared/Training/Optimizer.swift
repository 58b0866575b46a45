/// A rule that turns gradients into a change of the parameters.
public protocol Optimizer: Sendable {
  /// How far one step goes. A schedule may change it between steps.
  var learningRate: Float { get set }

  /// Changes the model's parameters by one step.
  ///
  /// - Parameters:
  ///   - model: The model to change.
  ///   - gradients: One gradient a parameter, in the model's order.
  mutating func update(_ model: inout Sequential, with gradients: [Tensor])
}

extension Sequential {
  /// Visits each parameter with its gradient.
  mutating func visitParameters(
    with gradients: [Tensor],
    _ body: (_ index: Int, _ value: inout Tensor, _ gradient: Tensor) -> Void
  ) {
    var index = 0
    visitParameters { name, value in
      precondition(
        index < gradients.count && gradients[index].shape == value.shape,
        "\(name) has shape \(value.shape), its gradient "
          + "\(index < gradients.count ? "\(gradients[index].shape)" : "is missing")"
      )
      body(index, &value, gradients[index])
      index += 1
    }
  }
}

extension Optimizer {
  /// One step of training: the parameters move by their gradients, and the
  /// buffers take in what was measured on the way.
  public mutating func update(
    _ model: inout Sequential, with gradients: BatchGradients
  ) {
    update(&model, with: gradients.parameters)
    model.absorb(gradients)
  }
}
