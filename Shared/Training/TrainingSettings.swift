/// How the network of this tutorial is trained.
public struct TrainingSettings: Sendable, Equatable {
  /// Passes over the training images.
  public var epochs = 5
  /// Images a step.
  public var batchSize = 64
  /// Step size of the optimizer.
  public var learningRate: Float = 0.001

  /// The settings that the tutorial uses throughout.
  public init() {}
}
