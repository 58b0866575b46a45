import Synchronization
import Testing

@testable import Shared

/// What is prepared and fused against the layers one by one, to the bit.
@Suite struct PreparedNetworkTests {
  /// A network drawn at random, with whatever may break a fast path: odd sizes,
  /// other kernels, pooling by three or none, no ReLU, something in between.
  private struct Drawn {
    var model: Sequential
    var imageShape: [Int]
  }

  private func drawn(_ seed: UInt64) -> Drawn {
    var generator = SeededGenerator(seed: seed)
    func pick<Value>(_ choices: [Value]) -> Value {
      choices[Int(generator.next() % UInt64(choices.count))]
    }
    var shape = [
      8 + Int(generator.next() % 9), 8 + Int(generator.next() % 9),
      pick([1, 2, 16]),
    ]
    let imageShape = shape
    var layers: [(name: String, layer: any Layer)] = []
    func add(_ layer: any Layer) {
      guard layer.problem(withInput: shape) == nil else { return }
      shape = layer.outputShape(for: shape)
      layers.append(("layer\(layers.count)", layer))
    }
    if pick([true, false]) {
      add(Normalize(mean: 0.2, standardDeviation: 0.5))
    }
    for _ in 0..<2 {
      add(
        Conv2D(
          shape[2], pick([3, 16, 32]), kernelSize: pick([1, 3, 3, 5]),
          padding: pick([0, 1, 1, 2]), stride: pick([1, 1, 1, 2]),
          using: &generator))
      if pick([true, true, true, false]) { add(ReLU()) }
      if pick([true, false, false, false]) { add(ReLU()) }
      if pick([true, true, false]) { add(MaxPool2D(pick([2, 2, 2, 3]))) }
    }
    add(Flatten())
    if pick([true, false]) { add(Dropout(0.5)) }
    add(Linear(shape[0], 10, using: &generator))
    return Drawn(model: Sequential(layers), imageShape: imageShape)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `one pass gives the bits of many`(seed: UInt64) {
    let drawn = drawn(seed)
    let count = Int(seed % 8) + 1  // one shard
    let images = Sample.uniform([count] + drawn.imageShape, seed: seed)
    let prepared = PreparedNetwork(
      drawn.model, imageShape: drawn.imageShape, hasGradients: true)
    for mode in [Mode.inference, .training(seed: seed)] {
      let (output, cache) = drawn.model.forward(images, mode: mode)
      let fast = prepared.forward(images, mode: mode)
      #expect(fast.output == output)
      let gradient = Sample.uniform(output.shape, seed: seed + 100)
      #expect(
        prepared.inputGradient(gradient, cache: fast.cache)
          == drawn.model.inputGradient(gradient, cache: cache))
      var parameters: [[Tensor]] = drawn.model.layers.map { _ in [] }
      prepared.visitBack(gradient, cache: fast.cache) { index, contribution in
        parameters[index] = drawn.model.layers[index].layer
          .erasedParameterGradients(from: [contribution])
      }
      #expect(
        parameters.flatMap { $0 }
          == drawn.model.parameterGradients(gradient, cache: cache))
    }
  }

  @Test func `numbers that are not finite go the same way`() {
    let model = Sequential.notebookNetwork(seed: 1)
    var images = Sample.uniform([2, 28, 28, 1], seed: 1)
    images.scalars[400] = .nan
    images.scalars[1000] = .infinity
    let prepared = PreparedNetwork(
      model, imageShape: [28, 28, 1], hasGradients: false)
    let fast = prepared.forward(images, mode: .inference).output
    let slow = model(images)
    #expect(
      fast.scalars.map(\.bitPattern) == slow.scalars.map(\.bitPattern))
  }

  @Test func `an observed network shows every layer`() {
    let model = Sequential.notebookNetwork(seed: 1)
    let images = Sample.uniform([3, 28, 28, 1], seed: 2)
    let names = Names()
    let watched = model.observed { name, _ in names.add(name) }
    #expect(watched.logits(of: images) == model.logits(of: images))
    #expect(names.all == model.layers.map(\.name))
  }

  @Test func `layers that do not tell their shape are taken one by one`() {
    var generator = SeededGenerator(seed: 3)
    let model: Sequential = [
      "cut": Cut(), "conv": Conv2D(2, 4, kernelSize: 3, using: &generator),
      "relu": ReLU(), "pool": MaxPool2D(2), "flatten": Flatten(),
      "fc": Linear(16, 10, using: &generator),
    ]
    let images = Sample.uniform([3, 6, 12, 2], seed: 4)
    #expect(model.logits(of: images) == model(images))
  }
}

/// The left half of an image; says nothing about shapes.
private struct Cut: Layer {
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Void) {
    let (count, height) = (input.shape[0], input.shape[1])
    let line = input.shape[2] * input.shape[3]
    let scalars = (0..<count * height).flatMap {
      input.scalars[$0 * line..<$0 * line + line / 2]
    }
    return (
      Tensor(
        shape: [count, height, input.shape[2] / 2, input.shape[3]],
        scalars: Array(scalars)), ()
    )
  }

  func inputGradient(_ outputGradient: Tensor, cache: Void) -> Tensor {
    outputGradient
  }
}

/// The names that an observer has heard.
private final class Names: Sendable {
  private let heard = Mutex<[String]>([])
  var all: [String] { heard.withLock { $0 } }
  func add(_ name: String) { heard.withLock { $0.append(name) } }
}
