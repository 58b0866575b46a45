/// What one batch of a training epoch came to.
public struct BatchResult: Sendable, Equatable {
  /// How many of its images were classified as labelled.
  public var correct: Int
  /// How many images it had.
  public var count: Int

  /// So many right of so many.
  public init(correct: Int, count: Int) {
    self.correct = correct
    self.count = count
  }
}

/// A point of a curve.
public struct CurvePoint: Sendable, Equatable {
  public var x: Double
  public var y: Double

  /// A point at the given place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The training accuracy of each epoch, in per cent, over the epochs from 1.
///
/// Every image counts once: the last batch of an epoch is smaller, so the mean
/// of the batches' accuracies would not do.
///
/// - Parameter epochs: For each epoch the results of its batches.
/// - Returns: One point an epoch.
public func trainingCurvePoints(_ epochs: [[BatchResult]]) -> [CurvePoint] {
  epochs.enumerated().map { index, batches in
    let correct = batches.reduce(0) { $0 + $1.correct }
    let count = batches.reduce(0) { $0 + $1.count }
    return CurvePoint(
      x: Double(index + 1), y: Double(correct) / Double(max(count, 1)) * 100)
  }
}
