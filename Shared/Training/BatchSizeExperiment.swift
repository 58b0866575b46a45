/// What training with one batch size came to.
public struct BatchSizeRow: Sendable, Equatable, Encodable {
  /// Images a step.
  public var batchSize: Int
  /// Steps made.
  public var steps: Int
  /// The images classified as labelled afterwards, of all.
  public var accuracy: Proportion

  /// The result for one batch size.
  public init(batchSize: Int, steps: Int, accuracy: Proportion) {
    self.batchSize = batchSize
    self.steps = steps
    self.accuracy = accuracy
  }
}

/// Trains a model for some steps of some size.
public typealias BatchSizeTraining =
  (_ model: inout Sequential, _ batchSize: Int, _ steps: Int) -> Void
/// Measures a trained model.
public typealias BatchSizeMeasure = (_ model: Sequential) -> Proportion

/// Trains a model anew for each batch size, each on the same number of images.
///
/// Equal work is the fair comparison: with equal steps the largest batch would
/// also see the most images.
///
/// - Parameters:
///   - sizes: The batch sizes to try.
///   - images: How many images each may see.
///   - start: The model that each starts from.
///   - train: Trains a model for some steps of some size.
///   - measure: The accuracy of a model.
/// - Returns: One row a size, in the same order.
public func batchSizeExperiment(
  sizes: [Int], images: Int, start: Sequential,
  train: BatchSizeTraining, measure: BatchSizeMeasure
) -> [BatchSizeRow] {
  sizes.map { size in
    var model = start
    train(&model, size, images / size)
    return BatchSizeRow(
      batchSize: size, steps: images / size, accuracy: measure(model))
  }
}
