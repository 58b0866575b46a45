/// What one epoch of an interval training did.
public struct IntervalEpoch: Sendable, Equatable, Encodable {
  /// How the model did afterwards on the validation images.
  public struct Validation: Sendable, Equatable, Encodable {
    /// The images classified as labelled.
    public var clean: Proportion
    /// Those certified, at `IntervalTraining.certifiedEpsilon`, to be
    /// classified as labelled in their whole box.
    public var certified: Proportion
  }

  /// Counted from 1.
  public var epoch: Int
  /// How far a pixel could move at the end of the epoch, where white is 1.
  public var epsilon: Float
  /// The weight of the images themselves at the end of the epoch.
  public var kappa: Float
  /// The mean of the mixed loss while learning, which does not compare with
  /// that of an epoch with another ε or κ.
  public var trainingLoss: Double
  /// What was measured afterwards; nil without validation images.
  public var validation: Validation?
  /// How long the training loop took, without the validation.
  public var trainingSeconds: Double
  /// What each of its batches came to; too many for a file.
  public var batches: [BatchResult]

  private enum CodingKeys: CodingKey {
    case epoch, epsilon, kappa, trainingLoss, validation, trainingSeconds
  }

  /// The results of one pass.
  init(
    _ epoch: Int, epsilon: Epsilon, kappa: Float, batches: [BatchResult],
    validation: Validation?, trainingSeconds: Double
  ) {
    self.epoch = epoch
    self.epsilon = epsilon.pixels
    self.kappa = kappa
    self.batches = batches
    self.validation = validation
    self.trainingSeconds = trainingSeconds
    trainingLoss = batches.meanLoss
  }
}

extension IntervalEpoch: CustomStringConvertible {
  /// In one line, for whoever waits.
  public var description: String {
    let measured = validation.map {
      ", clean \($0.clean.value.percent(1)), certified "
        + $0.certified.value.percent(1)
    }
    return "epoch \(epoch): ε \(Double(epsilon).decimals(2)), loss "
      + "\(trainingLoss.decimals(3))\(measured ?? "")"
  }
}
