extension Sequential {
  /// The network of the tutorial: two convolutions, two linear layers.
  ///
  /// The names and shapes of its parameters are those of the PyTorch notebook
  /// this tutorial follows, so that a checkpoint fits both. It takes images
  /// `[N, 28, 28, 1]` with pixels in 0...1 and returns a logit for each class.
  ///
  /// - Parameters:
  ///   - seed: Decides the initial weights.
  ///   - classes: How many there are.
  ///   - normalize: The first layer, with the statistics of the data.
  /// - Returns: The network, not trained.
  public static func notebookNetwork(
    seed: UInt64, classes: Int = 10, normalize: Normalize = .mnist
  ) -> Sequential {
    var generator = SeededGenerator(
      seed: derivedSeed(seed, .weights))
    return [
      "normalize": normalize,
      "conv1": Conv2D(1, 32, kernelSize: 3, padding: 1, using: &generator),
      "relu1": ReLU(),
      "pool1": MaxPool2D(2),
      "conv2": Conv2D(
        32, 64, kernelSize: 3, padding: 1, using: &generator),
      "relu2": ReLU(),
      "pool2": MaxPool2D(2),
      "flatten": Flatten(),
      "fc1": Linear(64 * 7 * 7, 128, using: &generator),
      "relu3": ReLU(),
      "dropout": Dropout(0.5),
      "fc2": Linear(128, classes, using: &generator),
    ]
  }

  /// The network for the classes and the pixels of a data set.
  public static func notebookNetwork(seed: UInt64, for data: MNIST)
    -> Sequential
  {
    notebookNetwork(
      seed: seed, classes: data.classNames.count, normalize: data.normalize)
  }
}
