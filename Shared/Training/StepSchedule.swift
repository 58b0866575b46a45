import Foundation

/// A learning rate that falls in steps.
///
///     rate(epoch) = initial · decay^⌊(epoch − 1) / stepEpochs⌋
///
/// PyTorch's `StepLR`, with epochs counted from 1.
public struct StepSchedule: Sendable, Equatable {
  /// The rate of the first epochs.
  public var initial: Float
  /// The factor of each step, such as 0.5.
  public var decay: Float
  /// How many epochs a rate is kept.
  public var stepEpochs: Int

  /// A schedule with the given steps.
  public init(initial: Float, decay: Float, every stepEpochs: Int) {
    precondition(
      stepEpochs > 0, "a rate is kept for at least one epoch, not \(stepEpochs)"
    )
    self.initial = initial
    self.decay = decay
    self.stepEpochs = stepEpochs
  }

  /// The learning rate of an epoch, counted from 1.
  public func learningRate(inEpoch epoch: Int) -> Float {
    initial * pow(decay, Float((epoch - 1) / stepEpochs))
  }
}
