@testable import Shared

/// Repeatable numbers for tests.
enum Sample {
  /// Uniform in ±1.
  static func uniform(_ shape: [Int], seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(shape: shape).map { _ in generator.uniform(within: 1) }
  }

  /// Of magnitude 0.1...1: a small step stays on its side of a ReLU's kink.
  static func awayFromZero(_ shape: [Int], seed: UInt64) -> Tensor {
    uniform(shape, seed: seed).map { $0 < 0 ? 0.9 * $0 - 0.1 : 0.9 * $0 + 0.1 }
  }

  /// All different by at least 0.01: a small step changes no maximum.
  static func distinct(_ shape: [Int], seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let count = shape.reduce(1, *)
    let order = Array(0..<count).shuffled(using: &generator)
    return Tensor(
      shape: shape, scalars: order.map { Float($0 - count / 2) * 0.01 })
  }

  /// Images with pixels in 0...1 and labels 0...9.
  static func batch(
    _ count: Int, height: Int = 28, width: Int = 28, seed: UInt64
  ) -> Batch {
    let images = uniform([count, height, width, 1], seed: seed)
    return Batch(
      images: images.map { max($0, 0) }, labels: (0..<count).map { $0 * 7 % 10 }
    )
  }

  /// A network with a layer of each kind that is quick to compute.
  ///
  /// It takes images `[N, 8, 8, 1]`.
  static func smallNetwork(seed: UInt64) -> Sequential {
    var generator = SeededGenerator(seed: seed)
    return [
      "normalize": Normalize(mean: 0.1307, standardDeviation: 0.3081),
      "conv1": Conv2D(1, 3, kernelSize: 3, padding: 1, using: &generator),
      "relu1": ReLU(),
      "pool1": MaxPool2D(2),
      "flatten": Flatten(),
      "fc1": Linear(48, 20, using: &generator),
      "relu2": ReLU(),
      "dropout": Dropout(0.5),
      "fc2": Linear(20, 10, using: &generator),
    ]
  }

  /// The same with a layer behind the convolution that sees the whole batch,
  /// and another at the end.
  static var normalizedNetwork: Sequential {
    var model = smallNetwork(seed: 1)
    model.layers.insert(("norm1", BatchNormalization(3)), at: 2)
    model.layers.append(("norm2", BatchNormalization(10)))
    return model
  }
}
