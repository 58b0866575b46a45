import Testing

@testable import Shared

@Suite struct AdamTests {
  /// A model whose only parameters are the numbers given.
  private func model(_ bias: [Float]) -> Sequential {
    [
      "fc": Linear(
        weight: Tensor(shape: [bias.count, 1]), bias: Tensor(bias))
    ]
  }

  private func step(
    _ adam: inout Adam, _ model: inout Sequential, _ gradient: [Float]
  ) -> [Double] {
    adam.update(
      &model, with: [Tensor(shape: [gradient.count, 1]), Tensor(gradient)])
    return model.parameters[1].value.scalars.map(Double.init)
  }

  @Test func `the first step has the length of the learning rate`() {
    // m / √v is g / |g| at first, whatever the size of g; for the smallest the
    // numerical epsilon shows: 1e-8 / (1e-8 + 1e-8).
    var (adam, model) = (Adam(learningRate: 0.1), model([1, 1, 1, 1]))
    let parameters = step(&adam, &model, [4, -0.001, 0, 1e-8])
    expectClose(parameters, [0.9, 1.1, 1, 0.95], relative: 1e-5)
  }

  @Test func `the second step follows both means`() {
    // By hand, with β₁ = 0.5 and β₂ = 0.75 and gradients 1 and 3:
    // m = 0.5, then 1.75; v = 0.25, then 2.4375. Corrected m = 1.75 / 0.75 and
    // v = 2.4375 / 0.4375.
    var adam = Adam(learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0)
    var model = model([1])
    expectClose(step(&adam, &model, [1]), [0.9], relative: 1e-5)
    let second = 0.9 - 0.1 * (1.75 / 0.75) / (2.4375 / 0.4375).squareRoot()
    expectClose(step(&adam, &model, [3]), [second], relative: 1e-5)
  }

  @Test func `weight decay pulls towards zero when the gradient is zero`() {
    var adam = Adam(learningRate: 0.1, weightDecay: 0.01)
    var model = model([1, -1])
    expectClose(step(&adam, &model, [0, 0]), [0.9, -0.9], relative: 1e-5)
  }

  @Test func `ten steps lower the loss as PyTorch's do`() throws {
    let losses = PyTorchFixture.losses(Adam())
    try expectClose(
      losses, PyTorchFixture.load().adamLosses, relative: 1e-4)
    // The last one is the smallest and would hide behind the first.
    for (ours, theirs) in try zip(losses, PyTorchFixture.load().adamLosses) {
      expectClose([ours], [theirs], relative: 1e-4)
    }
  }
}
