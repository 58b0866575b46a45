import Testing

@testable import Shared

@Suite struct GradientsTests {
  static let batchSizes = [64, 37, 8, 5, 1]

  @Test(arguments: batchSizes)
  func `shards add up to the whole batch`(_ count: Int) {
    let model = Sequential.notebookNetwork(seed: 1)
    let batch = Sample.batch(count, seed: 2)
    let sharded = model.parameterGradients(on: batch, mode: .inference)
    let (logits, cache) = model.forward(batch.images, mode: .inference)
    let (losses, gradient) = softmaxCrossEntropy(
      logits: logits, labels: batch.labels)
    let whole = model.parameterGradients(
      gradient * (1 / Float(count)), cache: cache)
    expectClose(
      [sharded.loss], [losses.reduce(0, +) / Double(count)], relative: 1e-12)
    #expect(
      sharded.accuracy.successes
        == zip(predictions(logits), batch.labels).count { $0 == $1 })
    #expect(sharded.parameters.count == 8)
    for (index, parameter) in model.parameters.enumerated() {
      expectClose(
        sharded.parameters[index], ExactTensor(whole[index]), relative: 1e-5,
        parameter.name)
    }
  }

  @Test(arguments: batchSizes)
  func `an image's pixel gradient does not depend on its batch`(_ count: Int) {
    let model = Sequential.notebookNetwork(seed: 1)
    let batch = Sample.batch(count, seed: 2)
    let (logits, cache) = model.forward(batch.images, mode: .inference)
    let gradient = softmaxCrossEntropy(logits: logits, labels: batch.labels)
      .gradient
    let whole = model.inputGradient(gradient, cache: cache)
    let sharded = model.inputGradient(of: batch.images, labels: batch.labels)
    expectClose(sharded, ExactTensor(whole), relative: 1e-5)
    let alone = model.inputGradient(
      of: batch.images.rows(0..<1), labels: [batch.labels[0]])
    expectClose(sharded.rows(0..<1), ExactTensor(alone), relative: 1e-5)
  }

  @Test func `logits are those of one forward pass`() {
    let model = Sequential.notebookNetwork(seed: 1)
    let images = Sample.batch(37, seed: 2).images
    expectClose(
      model.logits(of: images), ExactTensor(model(images)), relative: 1e-5)
  }

  @Test func `training drops other inputs in every shard`() {
    // Two shards of the same eight images: without dropout their gradients are
    // equal, so the mean over both would equal the mean over one.
    let model = Sample.smallNetwork(seed: 1)
    let once = Sample.batch(8, height: 8, width: 8, seed: 2)
    let twice = Batch(
      images: Tensor(concatenating: [once.images, once.images]),
      labels: once.labels + once.labels)
    func gradient(_ batch: Batch, _ mode: Mode) -> Tensor {
      model.parameterGradients(on: batch, mode: mode).parameters[0]
    }
    expectClose(
      gradient(twice, .inference), ExactTensor(gradient(once, .inference)),
      relative: 1e-5)
    let difference =
      gradient(twice, .training(seed: 3)) - gradient(once, .training(seed: 3))
    #expect(
      difference.norm > 0.01 * gradient(once, .training(seed: 3)).norm)
  }

  @Test func `every image needs one label`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let images = Tensor(shape: [3, 8, 8, 1])
      _ = Sample.smallNetwork(seed: 1).inputGradient(of: images, labels: [1])
    }
    expectMessage(of: result, contains: "[3, 8, 8, 1]", "1 labels")
  }

  @Test func `no images have no gradient`() {
    let images = Tensor(shape: [0, 8, 8, 1])
    let gradient = Sample.smallNetwork(seed: 1)
      .inputGradient(of: images, labels: [])
    #expect(gradient == images)
  }
}
