/// The accuracy that an attack leaves at one ε.
public struct RobustnessRow: Sendable, Equatable, Codable {
  /// ε in pixels.
  public var epsilon: Float
  /// The share of images still classified as labelled, 0...1.
  public var accuracy: Double
  /// How many images were attacked: all, also those wrong from the start.
  public var images: Int

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
}
