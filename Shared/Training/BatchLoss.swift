import Foundation

/// What a training lowers: a loss of each image, as a function of its logits.
public struct BatchLoss: Sendable {
  private let evaluate:
    @Sendable (_ logits: Tensor, _ images: Range<Int>)
      -> (losses: [Double], gradient: Tensor)

  /// A loss of your own.
  ///
  /// - Parameter evaluate: From the logits `[n, classes]` of some images, and
  ///   which images of the batch they are, to each image's loss and its own
  ///   slope at every logit, `[n, classes]`, not divided by the batch's size.
  public init(
    _ evaluate:
      @escaping @Sendable (_ logits: Tensor, _ images: Range<Int>) -> (
        losses: [Double], gradient: Tensor
      )
  ) {
    self.evaluate = evaluate
  }

  /// Each image's loss and its slope at every logit.
  public func callAsFunction(_ logits: Tensor, _ images: Range<Int>)
    -> (losses: [Double], gradient: Tensor)
  {
    let (losses, gradient) = evaluate(logits, images)
    precondition(
      losses.count == images.count && gradient.shape == logits.shape,
      "a loss of \(images.count) images with logits \(logits.shape) gave "
        + "\(losses.count) losses and a gradient \(gradient.shape)")
    return (losses, gradient)
  }
}

extension BatchLoss {
  /// The cross-entropy with the right classes.
  ///
  ///     loss = −log softmax(z ⁄ T)[label]
  ///
  /// - Parameters:
  ///   - labels: One class an image of the batch.
  ///   - temperature: T, above 0; 1 is ordinary training.
  /// - Returns: The loss.
  public static func crossEntropy(labels: [Int], temperature: Float = 1)
    -> BatchLoss
  {
    atTemperature(temperature) { logits, images in
      softmaxCrossEntropy(logits: logits, labels: Array(labels[images]))
    }
  }

  /// The cross-entropy with soft labels q, which give every class a
  /// probability.
  ///
  ///     loss = −Σᵢ qᵢ log softmax(z ⁄ T)ᵢ
  ///     ∂loss/∂z = (softmax(z ⁄ T) − q) ⁄ T
  ///
  /// Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network",
  /// 2015, arXiv:1503.02531, equations 1 and 2.
  ///
  /// - Parameters:
  ///   - probabilities: Shape `[N, classes]`, one row an image of the batch;
  ///     each row adds up to 1.
  ///   - temperature: T, above 0.
  /// - Returns: The loss.
  public static func crossEntropy(
    probabilities: Tensor, temperature: Float = 1
  ) -> BatchLoss {
    atTemperature(temperature) { logits, images in
      softCrossEntropy(logits, probabilities.rows(images))
    }
  }

  /// A loss of the logits divided by T; the chain rule divides its slope, too.
  private static func atTemperature(
    _ temperature: Float,
    _ loss:
      @escaping @Sendable (_ logits: Tensor, _ images: Range<Int>) -> (
        losses: [Double], gradient: Tensor
      )
  ) -> BatchLoss {
    precondition(
      temperature > 0, "a temperature lies above 0, got \(temperature)")
    return BatchLoss { logits, images in
      let (losses, gradient) = loss(logits.map { $0 / temperature }, images)
      return (losses, gradient.map { $0 / temperature })
    }
  }
}

private func softCrossEntropy(_ logits: Tensor, _ probabilities: Tensor)
  -> (losses: [Double], gradient: Tensor)
{
  let gradient = softmax(logits).combined(with: probabilities) { $0 - $1 }
  let losses = (0..<logits.shape[0]).map { row in
    negativeLogSoftmax(
      Array(logits.row(row)), weighted: Array(probabilities.row(row)))
  }
  return (losses, gradient)
}

/// −Σᵢ qᵢ log softmax(z)ᵢ, in `Double`.
///
/// From the largest logit and how far the others lack behind it, so that the
/// small loss of a confident model is not a difference of large numbers.
private func negativeLogSoftmax(_ logits: [Float], weighted weights: [Float])
  -> Double
{
  let winner = logits.indices.reduce(0) {
    logits[$1] > logits[$0] ? $1 : $0
  }
  var others = 0.0
  var lacking = 0.0
  for i in logits.indices {
    let lack = Double(logits[winner]) - Double(logits[i])
    if i != winner { others += exp(-lack) }
    lacking += Double(weights[i]) * lack
  }
  return log1p(others) + lacking
}
