import Testing

@testable import Shared

@Suite struct NotebookNetworkTests {
  @Test func `it has the notebook's layers and PyTorch's parameter shapes`() {
    let model = Sequential.notebookNetwork(seed: 1)
    let shapes: [(name: String, shape: [Int])] = [
      ("conv1.weight", [32, 1, 3, 3]), ("conv1.bias", [32]),
      ("conv2.weight", [64, 32, 3, 3]), ("conv2.bias", [64]),
      ("fc1.weight", [128, 3136]), ("fc1.bias", [128]),
      ("fc2.weight", [10, 128]), ("fc2.bias", [10]),
    ]
    #expect(model.parameters.map(\.name) == shapes.map(\.name))
    #expect(model.parameters.map(\.value.shape) == shapes.map(\.shape))
    #expect(model.parameterCount == 421_642)
    #expect(model.outputShape(for: [28, 28, 1]) == [10])
    // 784·9·32 + 196·288·64 + 3136·128 + 128·10
    #expect(model.multiplyAdds(for: [28, 28, 1]) == 4_241_152)
  }

  @Test func `the same seed gives the same bits, another seed others`() {
    func weights(_ seed: UInt64) -> [Tensor] {
      Sequential.notebookNetwork(seed: seed).parameters.map(\.value)
    }
    #expect(weights(1) == weights(1))
    #expect(zip(weights(1), weights(2)).allSatisfy { $0 != $1 })
  }

  @Test func `PyTorch computes the same logits and loss`() throws {
    let fixture = try PyTorchFixture.load()
    let (model, batch) = (PyTorchFixture.network, PyTorchFixture.batch)
    expectClose(
      model.logits(of: batch.images),
      ExactTensor(shape: [16, 10], scalars: fixture.logits), relative: 1e-4,
      "logits")
    let evaluation = model.evaluate(on: batch.images, labels: batch.labels)
    expectClose(
      [evaluation.meanLoss], [fixture.loss], relative: 1e-5, "loss")
  }

  @Test func `PyTorch computes the same parameter gradients`() throws {
    let fixture = try PyTorchFixture.load()
    let model = PyTorchFixture.network
    let gradients = model.parameterGradients(
      on: PyTorchFixture.batch, mode: .inference)
    expectClose([gradients.loss], [fixture.loss], relative: 1e-5, "loss")
    for (parameter, gradient) in zip(model.parameters, gradients.parameters) {
      try expectGradient(
        gradient, #require(fixture.gradients[parameter.name]), parameter.name)
    }
  }

  @Test func `PyTorch computes the same pixel gradients`() throws {
    let batch = PyTorchFixture.batch
    let gradient = PyTorchFixture.network.inputGradient(
      of: batch.images, labels: batch.labels)
    #expect(gradient.shape == batch.images.shape)
    try expectGradient(
      gradient, #require(PyTorchFixture.load().gradients["input"]), "input")
  }
}
