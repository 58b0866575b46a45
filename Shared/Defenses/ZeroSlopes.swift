/// Where the slope of a loss is exactly 0, so that an attack learns nothing.
///
/// A defense that has this effect hides the way to wrong answers and removes
/// none of them. Athalye, Carlini and Wagner, "Obfuscated Gradients Give a
/// False Sense of Security", ICML 2018, arXiv:1802.00420.
public struct ZeroSlopes: Sendable, Equatable, Encodable {
  /// The images whose slope at every pixel is 0, of all: those that an attack
  /// by this slope leaves as they are.
  public var atAllPixels: Proportion
}

extension Sequential {
  /// Counts the images where the slope of a loss is exactly 0 in `Float`.
  ///
  /// For the cross-entropy as it is often written take `.naiveCrossEntropy`,
  /// for this library's `.crossEntropy`, and to compare `.margin`, whose slope
  /// at the logits is never 0. Each image costs one gradient,
  /// `WorkReport.passesOfGradient`.
  ///
  /// - Parameters:
  ///   - loss: What an attack would raise to get any wrong answer.
  ///   - batch: At least one image.
  /// - Returns: How many of the images an attack learns nothing about.
  public func zeroSlopes(of loss: AttackLoss, on batch: Batch) -> ZeroSlopes {
    precondition(batch.count > 0, "no images have no slopes")
    let goals = batch.labels.map(Goal.avoid)
    let model = AttackedModel(
      self, images: batch.images, counter: PassCounter(images: batch.count))
    let slope = model.slope(of: loss, at: batch.images, goals: goals).gradient
    let zero = (0..<batch.count).count { row in
      slope.row(row).allSatisfy { $0 == 0 }
    }
    return ZeroSlopes(atAllPixels: Proportion(zero, of: batch.count))
  }
}

extension AttackLoss {
  /// The cross-entropy with the slope as it is often written, p − onehot.
  ///
  /// In `Float` p of the right class rounds to 1, and its slope to 0, when the
  /// other logits lie some 17 or more below; 104 below, their probabilities are
  /// 0 as well. `crossEntropy` avoids the first and cannot avoid the second.
  /// This one is for showing what a defense seems to be worth.
  public static let naiveCrossEntropy = AttackLoss("naive cross-entropy") {
    logits, goal in
    let (losses, gradient) = softmaxCrossEntropy(
      logits: Tensor(shape: [1, logits.count], scalars: logits),
      labels: [goal.target ?? goal.label])
    return goal.target == nil
      ? (losses[0], gradient.scalars)
      : (-losses[0], gradient.scalars.map(-))
  }
}
