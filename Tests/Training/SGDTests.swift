import Testing

@testable import Shared

@Suite struct SGDTests {
  private func parameters(
    after gradients: [Float], _ optimizer: SGD, from start: Float = 1
  ) -> [Double] {
    var optimizer = optimizer
    var model: Sequential = [
      "fc": Linear(weight: Tensor(shape: [1, 1]), bias: Tensor([start]))
    ]
    return gradients.map {
      optimizer.update(&model, with: [Tensor(shape: [1, 1]), Tensor([$0])])
      return Double(model.parameters[1].value.scalars[0])
    }
  }

  @Test func `a plain step is the learning rate times the gradient`() {
    expectClose(
      parameters(after: [2, -4], SGD(learningRate: 0.1)), [0.8, 1.2],
      relative: 1e-6)
  }

  @Test func `momentum starts as the gradient and carries on`() {
    // v = 2, then 0.9 · 2 + 1 = 2.8, then 0.9 · 2.8 + 0 = 2.52
    expectClose(
      parameters(after: [2, 1, 0], SGD(learningRate: 0.1, momentum: 0.9)),
      [0.8, 0.52, 0.268], relative: 1e-6)
  }

  @Test func `weight decay joins the gradient before momentum`() {
    // g = 0.5 · 1 = 0.5, v = 0.5, p = 0.95; g = 0.475, v = 0.925, p = 0.8575
    expectClose(
      parameters(
        after: [0, 0],
        SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.5)),
      [0.95, 0.8575], relative: 1e-6)
    expectClose(
      parameters(after: [0, 0], SGD(learningRate: 0.1, weightDecay: 0.5)),
      [0.95, 0.9025], relative: 1e-6)
  }

  @Test func `ten steps lower the loss as PyTorch's do`() throws {
    let losses = PyTorchFixture.losses(
      SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4))
    for (ours, theirs) in try zip(losses, PyTorchFixture.load().sgdLosses) {
      expectClose([ours], [theirs], relative: 1e-4)
    }
  }
}
