/// What one pass over the training images did.
public struct Epoch: Sendable, Equatable, Codable {
  /// Counted from 1.
  public var epoch: Int
  /// The mean loss while learning, dropout on.
  public var trainingLoss: Double
  /// The share classified as labelled while learning, dropout on.
  public var trainingAccuracy: Double
  /// The mean loss on the validation images afterwards.
  public var validationLoss: Double
  /// The share of validation images classified as labelled.
  public var validationAccuracy: Double
  /// The mean loss on the test images afterwards.
  public var testLoss: Double
  /// The share of test images classified as labelled.
  public var testAccuracy: Double
  /// How long the training loop took, without the two evaluations.
  public var trainingSeconds: Double
  /// How many images it saw.
  public var trainingImages: Int

  /// The results of one pass.
  public init(
    epoch: Int, training: RunningMean, validation: Evaluation,
    test: Evaluation, trainingSeconds: Double
  ) {
    self.epoch = epoch
    trainingLoss = training.loss
    trainingAccuracy = training.accuracy
    validationLoss = validation.meanLoss
    validationAccuracy = validation.accuracy.value
    testLoss = test.meanLoss
    testAccuracy = test.accuracy.value
    self.trainingSeconds = trainingSeconds
    trainingImages = training.images
  }
}

/// Loss and accuracy over the batches of an epoch so far.
public struct RunningMean: Sendable {
  /// How many images have been counted.
  public private(set) var images = 0
  private var lossSum = 0.0
  private var correct = 0

  /// Nothing counted yet.
  public init() {}

  /// Counts one batch.
  public mutating func add(_ result: BatchGradients, count: Int) {
    images += count
    lossSum += result.loss * Double(count)
    correct += result.correct
  }

  /// The mean loss an image.
  public var loss: Double { lossSum / Double(max(images, 1)) }

  /// The share classified as labelled, 0...1.
  public var accuracy: Double { Double(correct) / Double(max(images, 1)) }
}
