import Foundation

/// Two networks as an attacker trains them who cannot look into the model.
///
/// They have learned the task of the model, and share nothing with it but the
/// digits: their layers, their initial weights and the order of their images
/// are others.
public struct SurrogateNetworks: Sendable {
  /// Two convolutions and a linear layer.
  public let convolution: Sequential
  /// Two linear layers.
  public let perceptron: Sequential

  /// Both.
  public var all: [Sequential] { [convolution, perceptron] }

  /// Reads both from their files, by default those that ship here.
  ///
  /// - Throws: A `TutorialError` if a file is missing, damaged or of another
  ///   network.
  public static func load(
    convolution: URL = PackageFiles.smallConvolution,
    perceptron: URL = PackageFiles.perceptron
  ) throws -> SurrogateNetworks {
    try SurrogateNetworks(
      convolution: load(convolution, into: .smallConvolution(seed: 0)),
      perceptron: load(perceptron, into: .perceptron(seed: 0)))
  }

  private static func load(_ file: URL, into network: Sequential) throws
    -> Sequential
  {
    var network = network
    try withRemedy("restore it with `git checkout -- Shared/Pretrained`") {
      let checkpoint = try LoadedCheckpoint(file)
      try network.load(checkpoint.contents.tensors, from: file.path)
    }
    return network
  }
}

extension Sequential {
  /// A small network: two convolutions that halve the image by their strides,
  /// and a linear layer.
  ///
  /// It takes images `[N, 28, 28, 1]` with pixels in 0...1 and returns a logit
  /// for each class.
  ///
  /// - Parameters:
  ///   - seed: Decides the initial weights.
  ///   - classes: How many there are.
  ///   - normalize: The first layer, with the statistics of the data.
  /// - Returns: The network, not trained.
  public static func smallConvolution(
    seed: UInt64, classes: Int = 10, normalize: Normalize = .mnist
  ) -> Sequential {
    var generator = SeededGenerator(seed: derivedSeed(seed, .weights))
    return [
      "normalize": normalize,
      "conv1": Conv2D(
        1, 16, kernelSize: 4, padding: 1, stride: 2, using: &generator),
      "relu1": ReLU(),
      "conv2": Conv2D(
        16, 32, kernelSize: 4, padding: 1, stride: 2, using: &generator),
      "relu2": ReLU(),
      "flatten": Flatten(),
      "fc": Linear(32 * 7 * 7, classes, using: &generator),
    ]
  }

  /// The same for the classes and the pixels of a data set.
  public static func smallConvolution(seed: UInt64, for data: MNIST)
    -> Sequential
  {
    smallConvolution(
      seed: seed, classes: data.classNames.count, normalize: data.normalize)
  }

  /// A small network of two linear layers, which knows nothing of neighbors.
  ///
  /// It takes images `[N, 28, 28, 1]` with pixels in 0...1 and returns a logit
  /// for each class.
  ///
  /// - Parameters:
  ///   - seed: Decides the initial weights.
  ///   - classes: How many there are.
  ///   - normalize: The first layer, with the statistics of the data.
  /// - Returns: The network, not trained.
  public static func perceptron(
    seed: UInt64, classes: Int = 10, normalize: Normalize = .mnist
  ) -> Sequential {
    var generator = SeededGenerator(seed: derivedSeed(seed, .weights))
    return [
      "normalize": normalize,
      "flatten": Flatten(),
      "fc1": Linear(28 * 28, 64, using: &generator),
      "relu": ReLU(),
      "fc2": Linear(64, classes, using: &generator),
    ]
  }

  /// The same for the classes and the pixels of a data set.
  public static func perceptron(seed: UInt64, for data: MNIST) -> Sequential {
    perceptron(
      seed: seed, classes: data.classNames.count, normalize: data.normalize)
  }
}
