import Foundation
import Testing

@testable import Shared

@Suite struct BatchNormalizationTests {
  private let training = Mode.training(seed: 0)

  @Test func `three numbers by hand`() {
    // Mean 2, variance 2/3: −√1.5, 0, √1.5.
    var layer = BatchNormalization(1)
    layer.epsilon = 0
    let input = Tensor(shape: [3, 1], scalars: [1, 2, 3])
    let output = layer.forward(input, mode: training).output
    let root = Float(1.5).squareRoot()
    for (number, expected) in zip(output.scalars, [-root, 0, root]) {
      #expect(abs(number - expected) < 1e-6)
    }
    // Before any training the running statistics are 0 and 1.
    #expect(layer(input) == input)
  }

  @Test func `every channel comes out with mean bias and deviation weight`() {
    var layer = BatchNormalization(3)
    layer.weight = Tensor([2, 1, 0.5])
    layer.bias = Tensor([1, 0, -1])
    let input = Sample.uniform([4, 5, 6, 3], seed: 1).map { 3 * $0 + 7 }
    let output = layer.forward(input, mode: training).output
    for channel in 0..<3 {
      let values = stride(from: channel, to: output.count, by: 3).map {
        Double(output.scalars[$0])
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        / Double(values.count)
      #expect(abs(mean - Double(layer.bias.scalars[channel])) < 1e-5)
      #expect(
        abs(variance.squareRoot() - Double(layer.weight.scalars[channel]))
          < 1e-4
      )
    }
  }

  @Test(arguments: [true, false])
  func `gradients are slopes`(isTraining: Bool) {
    let mode = isTraining ? training : .inference
    var layer = BatchNormalization(2)
    layer.weight = Tensor([1.5, -0.5])
    layer.bias = Tensor([0.25, 1])
    layer.absorb(
      layer.forward(Sample.uniform([9, 2], seed: 9), mode: training).cache)
    let input = Sample.uniform([2, 2, 2, 2], seed: 2)
    let gradient = Sample.uniform([2, 2, 2, 2], seed: 3)
    let cache = layer.forward(input, mode: mode).cache
    func loss(_ layer: BatchNormalization, _ input: Tensor) -> Double {
      let output = layer.forward(input, mode: mode).output
      return zip(output.scalars, gradient.scalars).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      }
    }
    let h: Float = 0.01
    func slope(_ change: (Float) -> Double) -> Double {
      (change(h) - change(-h)) / (2 * Double(h))
    }
    let inputGradient = layer.inputGradient(gradient, cache: cache)
    for i in 0..<input.count {
      let difference = slope { step in
        var moved = input
        moved.scalars[i] += step
        return loss(layer, moved)
      }
      #expect(abs(difference - Double(inputGradient.scalars[i])) < 3e-3)
    }
    let parameterGradients = layer.parameterGradients(gradient, cache: cache)
    for c in 0..<2 {
      let scale = slope { step in
        var moved = layer
        moved.weight.scalars[c] += step
        return loss(moved, input)
      }
      let shift = slope { step in
        var moved = layer
        moved.bias.scalars[c] += step
        return loss(moved, input)
      }
      #expect(abs(scale - Double(parameterGradients[0].scalars[c])) < 3e-3)
      #expect(abs(shift - Double(parameterGradients[1].scalars[c])) < 3e-3)
    }
  }

  @Test func `running statistics move a tenth of the way, unbiased`() {
    // Mean 2; variance 2/3 biased, 1 unbiased.
    var layer = BatchNormalization(1)
    let input = Tensor(shape: [3, 1], scalars: [1, 2, 3])
    let cache = layer.forward(input, mode: training).cache
    layer.absorb(cache)
    #expect(abs(layer.running.mean.scalars[0] - 0.2) < 1e-6)
    #expect(abs(layer.running.variance.scalars[0] - (0.9 + 0.1)) < 1e-6)
    layer.absorb(layer.forward(input, mode: training).cache)
    #expect(abs(layer.running.mean.scalars[0] - 0.38) < 1e-6)
    // A pass in inference mode teaches nothing.
    let before = layer.running
    layer.absorb(layer.forward(input, mode: .inference).cache)
    #expect(layer.running == before)
  }

  @Test(arguments: [64, 37, 8, 1])
  func `a network trains on the whole batch, for any number of workers`(
    count: Int
  ) {
    // Dropout draws for every shard anew, so there is none in this comparison.
    let model = Sample.normalizedNetwork.withoutDropout
    let batch = Sample.batch(count, height: 8, width: 8, seed: 2)
    let mode = Mode.training(seed: 3)
    // The whole batch layer by layer, nothing cut, nothing shared.
    let (logits, cache) = model.forward(batch.images, mode: mode)
    let (losses, slope) = softmaxCrossEntropy(
      logits: logits, labels: batch.labels)
    let whole = model.parameterGradients(
      slope * (1 / Float(count)), cache: cache)
    let one = Workers.$count.withValue(1) {
      model.parameterGradients(on: batch, mode: mode)
    }
    expectClose(
      [one.loss], [losses.reduce(0, +) / Double(count)], relative: 1e-5)
    for (index, parameter) in model.parameters.enumerated() {
      // Behind a bias that normalization takes away again there is only noise.
      guard whole[index].norm > 1e-4 else { continue }
      expectClose(
        one.parameters[index], ExactTensor(whole[index]), relative: 2e-3,
        parameter.name)
    }
    let three = Workers.$count.withValue(3) {
      model.parameterGradients(on: batch, mode: mode)
    }
    #expect(one.parameters == three.parameters)
    var (absorbed, expected, again) = (model, model, model)
    absorbed.absorb(one)
    expected.absorb(cache)
    again.absorb(three)
    for (own, other) in zip(absorbed.buffers, expected.buffers) {
      expectClose(own.value, ExactTensor(other.value), relative: 1e-4, own.name)
    }
    #expect(absorbed.stateDictionary == again.stateDictionary)
    #expect(absorbed.stateDictionary != model.stateDictionary)
  }

  @Test func `an optimizer's step moves the running statistics`() {
    var model = Sample.normalizedNetwork
    let batch = Sample.batch(16, height: 8, width: 8, seed: 2)
    let before = model.buffers.map(\.value)
    var optimizer = SGD(learningRate: 0.1)
    let finished = model.parameterGradients(on: batch, mode: .inference)
    optimizer.update(&model, with: finished)
    #expect(model.buffers.map(\.value) == before)
    let gradients = model.withoutDropout.parameterGradients(
      on: batch, mode: .training(seed: 1))
    optimizer.update(&model, with: gradients)
    #expect(zip(model.buffers, before).allSatisfy { $0.value != $1 })
  }

  @Test func `its state is parameters and buffers under PyTorch's names`() {
    let model: Sequential = ["norm": BatchNormalization(3)]
    #expect(model.parameters.map(\.name) == ["norm.weight", "norm.bias"])
    #expect(
      model.buffers.map(\.name) == ["norm.running_mean", "norm.running_var"])
    let summary = model.summary(for: [2, 2, 3])[0]
    #expect(summary.parameters == 6 && summary.buffers == 6)
  }

  @Test func `training and use agree with PyTorch`() throws {
    let expected = try PyTorchFixture.load().normalized
    func compare(_ actual: Tensor, _ name: String) throws {
      try expectGradient(actual, #require(expected[name]), name)
    }
    var norm = BatchNormalization(16)
    norm.weight = PyTorchFixture.value(112, [16], 10_000)
    norm.bias = PyTorchFixture.value(113, [16], 10_000)
    var model: Sequential = [
      "conv": Conv2D(
        weight: PyTorchFixture.value(110, [16, 1, 3, 3], 20_000),
        bias: PyTorchFixture.value(111, [16], 20_000), padding: 1),
      "norm": norm,
    ]
    let images = PyTorchFixture.batch.images
    let (output, cache) = model.forward(images, mode: .training(seed: 0))
    try compare(Flatten()(output), "output")
    // PyTorch lists channel after channel.
    let slope = Flatten().inputGradient(
      PyTorchFixture.value(114, [16, 16 * 784], 10_000),
      cache: [16, 28, 28, 16])
    try compare(model.inputGradient(slope, cache: cache), "input")
    let gradients = model.parameterGradients(slope, cache: cache)
    for (parameter, gradient) in zip(model.parameters, gradients)
    where parameter.name != "conv.bias" {  // zero but for rounding
      try compare(gradient, parameter.name)
    }
    model.absorb(cache)
    for (name, value) in model.buffers { try compare(value, name) }
    try compare(Flatten()(model(images)), "in use")
  }
}
