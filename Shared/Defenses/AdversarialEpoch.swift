/// What one epoch of an adversarial training did.
public struct AdversarialEpoch: Sendable, Equatable, Encodable {
  /// How the model did afterwards, each time on the same validation images.
  ///
  /// FGSM high and PGD near 0 is what Wong, Rice and Kolter call catastrophic
  /// overfitting (arXiv:2001.03994): the model withstands one step and no more.
  public struct Validation: Sendable, Equatable, Encodable {
    /// The images classified as labelled.
    public var clean: Proportion
    /// Those still classified as labelled after FGSM.
    public var fgsm: Proportion
    /// Those still classified as labelled after ten steps of PGD.
    public var pgd: Proportion
  }

  /// Counted from 1.
  public var epoch: Int
  /// The mean loss on the attacked images while learning.
  public var trainingLoss: Double
  /// What was measured afterwards; nil without validation images.
  public var validation: Validation?
  /// How long the training loop took, without the validation.
  public var trainingSeconds: Double
  /// What each of its batches came to; too many for a file.
  public var batches: [BatchResult]

  private enum CodingKeys: CodingKey {
    case epoch, trainingLoss, validation, trainingSeconds
  }

  /// The results of one pass.
  init(
    _ epoch: Int, batches: [BatchResult], validation: Validation?,
    trainingSeconds: Double
  ) {
    self.epoch = epoch
    self.batches = batches
    self.validation = validation
    self.trainingSeconds = trainingSeconds
    trainingLoss = batches.meanLoss
  }
}

extension AdversarialEpoch: CustomStringConvertible {
  /// In one line, for whoever waits.
  public var description: String {
    let measured = validation.map {
      ", clean \($0.clean.value.percent(1)), FGSM \($0.fgsm.value.percent(1)), "
        + "PGD-10 \($0.pgd.value.percent(1))"
    }
    return "epoch \(epoch): loss \(trainingLoss.decimals(3))\(measured ?? "")"
  }
}
