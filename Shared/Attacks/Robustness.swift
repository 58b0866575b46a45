/// The accuracy that an attack leaves at one ε.
public struct RobustnessRow: Sendable, Equatable, Codable {
  /// ε in pixels.
  public var epsilon: Float
  /// The share of images still classified as labelled, 0...1.
  public var accuracy: Double
  /// How many images were attacked: all, also those wrong from the start.
  public var images: Int

  /// A row of a robustness curve.
  public init(epsilon: Float, accuracy: Double, images: Int) {
    self.epsilon = epsilon
    self.accuracy = accuracy
    self.images = images
  }

  /// The same as a proportion, for its interval.
  public var proportion: Proportion {
    Proportion(Int((accuracy * Double(images)).rounded()), of: images)
  }
}

extension Sequential {
  /// Attacks labelled images and counts what the model still gets right.
  ///
  /// The attacked images are checked against the attack's own promise before
  /// they count, because an attack that cheats would look strong.
  ///
  /// - Parameters:
  ///   - attack: The attack with its settings.
  ///   - batch: The images to attack, all of them, also those that the model
  ///     gets wrong from the start.
  /// - Returns: The accuracy under attack.
  public func accuracy(under attack: any Attack, on batch: Batch)
    -> RobustnessRow
  {
    let attacked = attack.perturb(
      batch.images, labels: batch.labels, against: self)
    precondition(
      attack.epsilon.isAllowed(attacked, from: batch.images),
      "\(attack) left its box of ε = \(attack.epsilon)")
    return RobustnessRow(
      epsilon: attack.epsilon.pixels,
      accuracy: evaluate(on: attacked, labels: batch.labels).accuracy.value,
      images: batch.count)
  }

  /// Measures one curve an attack: the accuracy that it leaves at each ε.
  ///
  /// Every point starts from the clean images again, so that no attack has more
  /// than its own ε to spend.
  ///
  /// - Parameters:
  ///   - attacks: Each makes the attack of a given ε.
  ///   - batch: The images to attack, all of them, with their labels.
  ///   - epsilons: The points of each curve, in order.
  /// - Returns: One curve an attack, one row an ε.
  public func curves(
    under attacks: [@Sendable (Epsilon) -> any Attack], on batch: Batch,
    epsilons: [Epsilon]
  ) -> [[RobustnessRow]] {
    attacks.map { attack in
      epsilons.map { accuracy(under: attack($0), on: batch) }
    }
  }

  /// From model, images, ε values and attacks to one curve an attack.
  public typealias CurveMeasurement =
    @Sendable (
      _ model: Sequential, _ batch: Batch, _ epsilons: [Epsilon],
      _ attacks: [@Sendable (Epsilon) -> any Attack]
    ) throws(Unsolved) -> [[RobustnessRow]]

  /// `curves(under:on:epsilons:)` as a value.
  public static let measureCurves: CurveMeasurement = {
    (
      model: Sequential, batch: Batch, epsilons: [Epsilon],
      attacks: [@Sendable (Epsilon) -> any Attack]
    ) throws(Unsolved) -> [[RobustnessRow]] in
    model.curves(under: attacks, on: batch, epsilons: epsilons)
  }
}
