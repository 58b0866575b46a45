/// What each of some models makes of images that were made to fool another.
///
/// Szegedy et al., "Intriguing properties of neural networks", ICLR 2014,
/// arXiv:1312.6199, section 4.2: an image that fools one network often fools others,
/// which the attacker has never asked.
public struct TransferMatrix: Sendable, Equatable {
  /// `accuracies[i][j]`: the share of the images made against model i that
  /// model j still classifies as labelled.
  public let accuracies: [[Proportion]]

  /// Attacks the same images once against each of the models, and shows the
  /// results to all of them.
  ///
  /// - Parameters:
  ///   - attack: Makes the attack on a given model.
  ///   - batch: The images to attack, with their labels.
  ///   - models: The models, in the order of rows and columns.
  public init(
    of attack: (_ model: Sequential) -> any Attack, on batch: Batch,
    among models: [Sequential]
  ) {
    accuracies = models.map { source in
      let run = AttackRun(attack(source), on: batch, against: source)
      return models.map { judge in
        judge.evaluate(on: run.images, labels: batch.labels).accuracy
      }
    }
  }
}
