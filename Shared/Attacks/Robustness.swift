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
  /// Attacks a data set and counts what the model still gets right.
  ///
  /// Every attacked image is checked against the attack's own promise before it
  /// counts, because an attack that cheats would look strong.
  ///
  /// - Parameters:
  ///   - data: The images to attack.
  ///   - makeAttack: The attack on the images from a given position on, so that
  ///     random ones can draw anew for each portion.
  ///   - progress: Called with the number of images done.
  /// - Returns: The accuracy under attack.
  public func accuracy(
    on data: ImageSet, under makeAttack: (_ start: Int) -> some Attack,
    progress: (Int) -> Void = { _ in }
  ) -> RobustnessRow {
    var correct = 0
    var epsilon: Float = 0
    for range in Workers.shards(of: data.count, size: 500) {
      let batch = data.batch(Array(range))
      let attack = makeAttack(range.lowerBound)
      let attacked = attack.perturb(
        batch.images, labels: batch.labels, against: self)
      precondition(
        attack.epsilon.isAllowed(attacked, from: batch.images),
        "\(attack) left its box of \(attack.epsilon)")
      epsilon = attack.epsilon.pixels
      correct += evaluate(on: attacked, labels: batch.labels).accuracy.successes
      progress(range.upperBound)
    }
    return RobustnessRow(
      epsilon: epsilon, accuracy: Double(correct) / Double(data.count),
      images: data.count)
  }
}
