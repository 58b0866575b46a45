import Foundation

/// The probabilities that ten logits stand for, row by row.
///
///     softmax(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ)
///
/// Subtracting the largest logit first changes nothing and avoids overflow.
public func softmax(_ logits: Tensor) -> Tensor {
  precondition(
    logits.shape.count == 2, "softmax takes [N, classes], got \(logits.shape)")
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
    let row = row * classes..<(row + 1) * classes
    losses.append(negativeLogSoftmax(logits.scalars[row], at: label))
    gradient.scalars[row.lowerBound + label] -= 1
  }
  return (losses, gradient)
}

/// −log softmax(logits)[label], from the logits and in `Double`.
///
/// log(softmax) would give infinity where a probability underflows. And a
/// confident model's loss is a small number that must not be found as the
/// difference of large ones: hence log(1 + x) with the largest logit, whose
/// exp is that 1, left out of x.
private func negativeLogSoftmax(_ logits: ArraySlice<Float>, at label: Int)
  -> Double
{
  let winner = logits.indices.reduce(logits.startIndex) {
    logits[$1] > logits[$0] ? $1 : $0
  }
  let largest = Double(logits[winner])
  var others = 0.0
  for i in logits.indices where i != winner {
    others += exp(Double(logits[i]) - largest)
  }
  return log1p(others) + (largest - Double(logits[logits.startIndex + label]))
}
