/// What one batch of a training epoch came to.
public struct BatchResult: Sendable, Equatable {
  /// How many of its images were classified as labelled.
  public var correct: Int
  /// How many images it had.
  public var count: Int
  /// The mean loss over its images.
  public var loss: Double

  /// So many right of so many.
  public init(correct: Int, count: Int, loss: Double = 0) {
    self.correct = correct
    self.count = count
    self.loss = loss
  }
}

extension [BatchResult] {
  /// The mean loss over the images of all batches.
  var meanLoss: Double {
    let images = reduce(0) { $0 + $1.count }
    return reduce(0) { $0 + $1.loss * Double($1.count) } / Double(images)
  }
}

extension BatchGradients {
  /// How the model did on the batch, without the gradients.
  public var result: BatchResult {
    BatchResult(correct: accuracy.successes, count: accuracy.total, loss: loss)
  }
}
