/// What one pass over the training images did.
public struct Epoch: Sendable, Equatable, Encodable {
  /// Counted from 1.
  public var epoch: Int
  /// The mean loss while learning, dropout on.
  public var trainingLoss: Double
  /// The training images classified as labelled while learning, dropout on.
  public var trainingAccuracy: Proportion
  /// The mean loss on the validation images afterwards.
  public var validationLoss: Double
  /// The validation images classified as labelled.
  public var validationAccuracy: Proportion
  /// How long the training loop took, without the evaluation.
  public var trainingSeconds: Double
  /// How many images it saw.
  public var trainingImages: Int
  /// What each of its batches came to; too many for a file.
  public var batches: [BatchResult]

  private enum CodingKeys: CodingKey {
    case epoch, trainingLoss, trainingAccuracy, validationLoss
    case validationAccuracy, trainingSeconds, trainingImages
  }

  /// The results of one pass.
  ///
  /// - Parameters:
  ///   - epoch: Its number, from 1.
  ///   - batches: What each of its batches came to.
  ///   - validation: How the model did afterwards on the validation images.
  ///   - trainingSeconds: How long the batches took.
  public init(
    _ epoch: Int, batches: [BatchResult], validation: Evaluation,
    trainingSeconds: Double
  ) {
    self.epoch = epoch
    self.batches = batches
    trainingImages = batches.reduce(0) { $0 + $1.count }
    trainingLoss = batches.meanLoss
    trainingAccuracy = Proportion(
      batches.reduce(0) { $0 + $1.correct }, of: trainingImages)
    validationLoss = validation.meanLoss
    validationAccuracy = validation.accuracy
    self.trainingSeconds = trainingSeconds
  }
}
