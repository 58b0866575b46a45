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

  @Test func `training on shards is refused`() async {
    await #expect(processExitsWith: .failure) {
      let model: Sequential = [
        "flatten": Flatten(), "norm": BatchNormalization(4),
      ]
      let batch = Batch(images: Tensor(shape: [2, 2, 2, 1]), labels: [0, 1])
      _ = model.parameterGradients(on: batch, mode: .training(seed: 0))
    }
  }
}
