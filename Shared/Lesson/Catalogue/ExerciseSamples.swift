import Shared

/// Small networks and images for questions.
enum ExerciseSamples {
  /// Two scores of two pixels: class 0 scores `weights · x`, class 1 scores 0.
  ///
  /// It takes images `[N, 1, 2, 1]`.
  static func twoPixelClassifier(_ weights: [Float]) -> Sequential {
    [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 2], scalars: weights + [0, 0]),
        bias: Tensor([0, 0])),
    ]
  }

  /// Images of two pixels.
  static func pixels(_ values: Float...) -> Tensor {
    Tensor(shape: [values.count / 2, 1, 2, 1], scalars: values)
  }

  /// A convolution, pooling and a linear layer for images `[N, 8, 8, 1]`.
  static func network(seed: UInt64) -> Sequential {
    var generator = SeededGenerator(seed: seed)
    return [
      "conv": Conv2D(1, 4, kernelSize: 3, padding: 1, using: &generator),
      "relu": ReLU(),
      "pool": MaxPool2D(2),
      "flatten": Flatten(),
      "scores": Linear(64, 4, using: &generator),
    ]
  }

  /// Images `[N, 8, 8, 1]`, a third of them black, a few white.
  static func images(_ count: Int, seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(shape: [count, 8, 8, 1]).map { _ in
      min(max(1.6 * generator.uniform() - 0.5, 0), 1)
    }
  }

  /// Images of which the network gets three of four right.
  static func batch(_ count: Int, seed: UInt64, for model: Sequential) -> Batch
  {
    let images = images(count, seed: seed)
    let answers = predictions(model.logits(of: images))
    return Batch(
      images: images,
      labels: answers.enumerated().map { index, answer in
        index % 4 == 1 ? (answer + 1) % 4 : answer
      })
  }
}
