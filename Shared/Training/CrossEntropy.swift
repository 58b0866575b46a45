import Foundation

/// The probabilities that ten logits stand for, row by row.
///
///     softmax(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ)
///
/// Subtracting the largest logit first changes nothing and avoids overflow.
public func softmax(_ logits: Tensor) -> Tensor {
  precondition(logits.shape.count == 2, "softmax takes [N, classes], got \(logits.shape)")
  var result = logits
  let classes = logits.shape[1]
  for row in 0..<logits.shape[0] {
    let range = row * classes..<(row + 1) * classes
    let largest = logits.scalars[range].max() ?? 0
    var sum: Float = 0
    for i in range {
      result.scalars[i] = exp(logits.scalars[i] - largest)
      sum += result.scalars[i]
    }
    for i in range { result.scalars[i] /= sum }
  }
  return result
}

/// How surprised the model is by the right labels, and which way is worse.
///
///     loss = −log softmax(logits)[label]
///     ∂loss/∂logits = softmax(logits) − onehot(label)
///
/// - Parameters:
///   - logits: Shape `[N, classes]`.
///   - labels: N class numbers.
/// - Returns: Each image's loss, and its gradient `[N, classes]`. Divide both by
///   N for the gradient of the mean.
public func softmaxCrossEntropy(logits: Tensor, labels: [Int])
  -> (losses: [Double], gradient: Tensor)
{
  precondition(
    logits.shape.count == 2 && logits.shape[0] == labels.count,
    "cross-entropy takes one label a row: logits \(logits.shape), "
      + "\(labels.count) labels")
  let classes = logits.shape[1]
  var gradient = softmax(logits)
  var losses: [Double] = []
  for (row, label) in labels.enumerated() {
    precondition(
      (0..<classes).contains(label), "label \(label) is not in 0..<\(classes)")
    let scalars = logits.scalars[row * classes..<(row + 1) * classes]
    let largest = Double(scalars.max() ?? 0)
    // From the logits and in Double: log(softmax) would lose a small loss, and
    // give infinity where a probability underflows.
    let sum = scalars.reduce(0) { $0 + exp(Double($1) - largest) }
    losses.append(log(sum) + largest - Double(scalars[row * classes + label]))
    gradient.scalars[row * classes + label] -= 1
  }
  return (losses, gradient)
}
