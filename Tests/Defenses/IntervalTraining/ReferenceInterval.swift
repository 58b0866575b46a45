import Foundation

@testable import Shared

/// A convolution, ReLU, a linear layer, ReLU and another linear layer, with
/// bounds as slowly and as obviously as possible, in `Double`.
///
/// Boxes have a lower and an upper end here, and weights are split by their
/// sign; the library has centers, radii and magnitudes.
struct ReferenceInterval {
  var mean = 0.25
  var standardDeviation = 0.5
  /// Weight and bias of the convolution and of both linear layers.
  var parameters: [ExactTensor]

  /// The same network, to be given to the library.
  static func model(seed: UInt64) -> Sequential {
    var generator = SeededGenerator(seed: seed)
    return [
      "normalize": Normalize(mean: 0.25, standardDeviation: 0.5),
      "conv": Conv2D(
        1, 2, kernelSize: 3, padding: 1, stride: 2, using: &generator),
      "relu1": ReLU(),
      "flatten": Flatten(),
      "fc1": Linear(18, 5, using: &generator),
      "relu2": ReLU(),
      "fc2": Linear(5, 3, using: &generator),
    ]
  }

  init(_ model: Sequential) {
    parameters = model.parameters.map { ExactTensor($0.value) }
  }

  private struct Box {
    var lower: ExactTensor
    var upper: ExactTensor

    func map(_ transform: (ExactTensor) -> ExactTensor) -> Box {
      Box(lower: transform(lower), upper: transform(upper))
    }

    /// Positive weights carry an end to the same end, negative ones to the
    /// other.
    func through(
      _ weight: ExactTensor, _ bias: ExactTensor,
      _ layer: (_ input: ExactTensor, _ w: ExactTensor, _ b: ExactTensor)
        -> ExactTensor
    ) -> Box {
      let positive = weight.map { max($0, 0) }
      let negative = weight.map { min($0, 0) }
      let none = ExactTensor(zeros: bias.shape)
      return Box(
        lower: sum(
          layer(lower, positive, bias), layer(upper, negative, none)),
        upper: sum(
          layer(upper, positive, bias), layer(lower, negative, none)))
    }
  }

  private static func convolved(
    _ input: ExactTensor, _ weight: ExactTensor, _ bias: ExactTensor
  ) -> ExactTensor {
    Reference.convolution(
      input, weight: weight, bias: bias, padding: 1, stride: 2)
  }

  private static func linear(
    _ input: ExactTensor, _ weight: ExactTensor, _ bias: ExactTensor
  ) -> ExactTensor {
    Reference.linear(input, weight: weight, bias: bias)
  }

  private func normalized(_ input: ExactTensor) -> ExactTensor {
    Reference.normalize(
      input, mean: mean, standardDeviation: standardDeviation)
  }

  func logits(_ images: ExactTensor) -> ExactTensor {
    let p = parameters
    let first = Self.convolved(normalized(images), p[0], p[1])
    let second = Self.linear(
      Reference.flatten(Reference.relu(first)), p[2], p[3])
    return Self.linear(Reference.relu(second), p[4], p[5])
  }

  /// For each image the upper bounds of z_j − z_y, y its label.
  func worstLogits(
    _ images: ExactTensor, labels: [Int], epsilon: Double
  ) -> ExactTensor {
    let p = parameters
    let hidden = Box(
      lower: images.map { max($0 - epsilon, 0) },
      upper: images.map { min($0 + epsilon, 1) }
    )
    .map(normalized)
    .through(p[0], p[1], Self.convolved)
    .map { Reference.flatten(Reference.relu($0)) }
    .through(p[2], p[3], Self.linear)
    .map(Reference.relu)
    let (classes, inputs) = (p[4].shape[0], p[4].shape[1])
    var worst = ExactTensor(zeros: [labels.count, classes])
    for (n, label) in labels.enumerated() {
      for j in 0..<classes {
        worst[n, j] = p[5].scalars[j] - p[5].scalars[label]
        for i in 0..<inputs {
          let weight = p[4][j, i] - p[4][label, i]
          worst[n, j] +=
            weight * (weight > 0 ? hidden.upper[n, i] : hidden.lower[n, i])
        }
      }
    }
    return worst
  }

  /// The mean of the mixed loss.
  func loss(_ batch: Batch, epsilon: Double, kappa: Double) -> Double {
    let images = ExactTensor(batch.images)
    let own = Reference.crossEntropy(logits(images), labels: batch.labels)
    let worst = Reference.crossEntropy(
      worstLogits(images, labels: batch.labels, epsilon: epsilon),
      labels: batch.labels)
    return zip(own, worst).reduce(0) {
      $0 + kappa * $1.0 + (1 - kappa) * $1.1
    } / Double(batch.count)
  }
}

private func sum(_ one: ExactTensor, _ other: ExactTensor) -> ExactTensor {
  ExactTensor(
    shape: one.shape, scalars: zip(one.scalars, other.scalars).map(+))
}
