/// How a model does on labelled images.
public struct Evaluation: Sendable {
  /// The class the model chose for each image.
  public var predictions: [Int]
  /// The right class of each image.
  public var labels: [Int]
  /// The probability the model gave to its choice.
  public var confidences: [Float]
  /// The mean cross-entropy.
  public var meanLoss: Double

  /// How many images the model got right, and out of how many.
  public var accuracy: Proportion {
    Proportion(zip(predictions, labels).count { $0 == $1 }, of: labels.count)
  }

  /// Counts images: `[right][chosen]`.
  public func confusion(of classes: Int) -> [[Int]] {
    var table = Array(
      repeating: Array(repeating: 0, count: classes), count: classes)
    for (right, chosen) in zip(labels, predictions) {
      table[right][chosen] += 1
    }
    return table
  }

  /// The images the model got wrong, the most confident mistake first.
  public var mistakes: [Int] {
    predictions.indices.filter { predictions[$0] != labels[$0] }
      .sorted { (confidences[$0], $1) > (confidences[$1], $0) }
  }
}

extension Sequential {
  /// Classifies images in inference mode and compares with their labels.
  public func evaluate(on images: Tensor, labels: [Int]) -> Evaluation {
    let logits = logits(of: images)
    let probabilities = softmax(logits)
    let chosen = predictions(logits)
    let losses = softmaxCrossEntropy(logits: logits, labels: labels).losses
    return Evaluation(
      predictions: chosen, labels: labels,
      confidences: chosen.enumerated().map { probabilities[$0, $1] },
      meanLoss: losses.reduce(0, +) / Double(labels.count))
  }

  /// Classifies a whole data set, a thousand images at a time.
  public func evaluate(on data: ImageSet) -> Evaluation {
    precondition(data.count > 0, "no images to classify")
    let parts = Workers.shards(of: data.count, size: 1000).map { range in
      let batch = data.batch(Array(range))
      return evaluate(on: batch.images, labels: batch.labels)
    }
    return Evaluation(
      predictions: parts.flatMap(\.predictions),
      labels: parts.flatMap(\.labels),
      confidences: parts.flatMap(\.confidences),
      meanLoss: parts.reduce(0) {
        $0 + $1.meanLoss * Double($1.labels.count)
      } / Double(data.count))
  }
}
