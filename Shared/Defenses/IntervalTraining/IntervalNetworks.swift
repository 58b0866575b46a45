extension Sequential {
  /// A small network to be trained on bounds: two convolutions, the first of
  /// which halves the image by its stride, and two linear layers.
  ///
  /// It is nearly the "small" one of Gowal et al. 2018, arXiv:1810.12715, table
  /// 1. With a stride in the second convolution, too, it trains twice as fast
  /// and certifies less.
  ///
  /// Its first weights are those for interval training. It takes images
  /// `[N, 28, 28, 1]` with pixels in 0...1 and returns a logit for each class.
  ///
  /// - Parameters:
  ///   - seed: Decides the initial weights.
  ///   - classes: How many there are.
  ///   - normalize: The first layer, with the statistics of the data.
  /// - Returns: The network, not trained.
  public static func intervalNetwork(
    seed: UInt64, classes: Int = 10, normalize: Normalize = .mnist
  ) -> Sequential {
    var generator = SeededGenerator(seed: derivedSeed(seed, .weights))
    return [
      "normalize": normalize,
      "conv1": intervalConvolution(
        1, 16, padding: 1, stride: 2, using: &generator),
      "relu1": ReLU(),
      "conv2": intervalConvolution(16, 32, using: &generator),
      "relu2": ReLU(),
      "flatten": Flatten(),
      "fc1": intervalLinear(32 * 11 * 11, 80, using: &generator),
      "relu3": ReLU(),
      "fc2": intervalLinear(80, classes, using: &generator),
    ]
  }

  /// The same for the classes and the pixels of a data set.
  public static func intervalNetwork(seed: UInt64, for data: MNIST)
    -> Sequential
  {
    intervalNetwork(
      seed: seed, classes: data.classNames.count, normalize: data.normalize)
  }
}

private func intervalConvolution(
  _ inputs: Int, _ outputs: Int, padding: Int = 0, stride: Int = 1,
  using generator: inout SeededGenerator
) -> Conv2D {
  Conv2D(
    weight: .intervalNormal(
      [outputs, inputs, 4, 4], fanIn: inputs * 4 * 4, using: &generator),
    bias: Tensor(shape: [outputs]), padding: padding, stride: stride)
}

private func intervalLinear(
  _ inputs: Int, _ outputs: Int, using generator: inout SeededGenerator
) -> Linear {
  Linear(
    weight: .intervalNormal(
      [outputs, inputs], fanIn: inputs, using: &generator),
    bias: Tensor(shape: [outputs]))
}

extension Tensor {
  /// Random weights for interval training.
  ///
  /// Shi et al., "Fast Certified Robust Training with Short Warmup", NeurIPS
  /// 2021, arXiv:2103.17268. A radius is summed from fanIn magnitudes, each
  /// σ · √(2 ⁄ π) in the mean, and about half of it is left behind a ReLU. With
  /// σ = √(2π) ⁄ fanIn it keeps its size from layer to layer; ordinary weights
  /// would make it grow.
  ///
  /// - Parameters:
  ///   - shape: The shape of the weights.
  ///   - fanIn: How many inputs one output is summed from.
  ///   - generator: The source of randomness.
  /// - Returns: Normal values of that deviation, with mean 0.
  static func intervalNormal(
    _ shape: [Int], fanIn: Int, using generator: inout SeededGenerator
  ) -> Tensor {
    let deviation = (2 * Float.pi).squareRoot() / Float(fanIn)
    let count = shape.reduce(1, *)
    return Tensor(
      shape: shape,
      scalars: (0..<count).map { _ in deviation * generator.normal() })
  }
}
