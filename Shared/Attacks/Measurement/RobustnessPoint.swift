/// The accuracy that an attack leaves at one ε.
public struct RobustnessPoint: Sendable, Equatable {
  /// How far the attack might move each pixel.
  public var epsilon: Epsilon
  /// The images still classified as labelled, of all that were attacked: also
  /// those wrong from the start.
  public var accuracy: Proportion

  /// A point of a robustness curve.
  public init(epsilon: Epsilon, accuracy: Proportion) {
    self.epsilon = epsilon
    self.accuracy = accuracy
  }
}

extension RobustnessPoint: Codable {
  private enum CodingKeys: CodingKey { case epsilon, accuracy, images }

  /// ε in pixels, the share, and out of how many.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(epsilon.pixels, forKey: .epsilon)
    try container.encode(accuracy.value, forKey: .accuracy)
    try container.encode(accuracy.total, forKey: .images)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let pixels = try container.decode(Float.self, forKey: .epsilon)
    let share = try container.decode(Double.self, forKey: .accuracy)
    let total = try container.decode(Int.self, forKey: .images)
    guard (0...1).contains(pixels), let accuracy = Proportion(share, of: total)
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "no accuracy of \(total) images at an ε in 0...1"))
    }
    self.init(epsilon: .pixels(pixels), accuracy: accuracy)
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
  /// - Returns: The images still classified as labelled, of all.
  public func accuracy(under attack: any Attack, on batch: Batch) -> Proportion
  {
    AttackRun(attack, on: batch, against: self).accuracy
  }

  /// Measures the accuracy that one kind of attack leaves at each ε.
  ///
  /// Every point starts from the clean images again, so that no attack has more
  /// than its own ε to spend.
  ///
  /// - Parameters:
  ///   - attack: Makes the attack of a given ε.
  ///   - batch: The images to attack, all of them, with their labels.
  ///   - epsilons: The points of the curve, in order.
  /// - Returns: One point an ε.
  public func curve(
    under attack: (Epsilon) -> any Attack, on batch: Batch, epsilons: [Epsilon]
  ) -> [RobustnessPoint] {
    epsilons.map { epsilon in
      RobustnessPoint(
        epsilon: epsilon, accuracy: accuracy(under: attack(epsilon), on: batch))
    }
  }
}

extension Sequence where Element == RobustnessPoint {
  /// The point at one ε; nil if nothing was measured there.
  public func at(_ epsilon: Epsilon) -> RobustnessPoint? {
    first { $0.epsilon == epsilon }
  }
}

extension Collection where Element == Epsilon {
  /// The ε nearest to one, among those above 0; nil if there are none.
  public func nearest(to pixels: Float) -> Epsilon? {
    filter { $0.pixels > 0 }.min {
      abs($0.pixels - pixels) < abs($1.pixels - pixels)
    }
  }

  /// Checks a list of ε that somebody may have changed.
  ///
  /// - Parameter file: Where it stands.
  /// - Throws: A `TutorialError` if it is empty, or does not rise from each to
  ///   the next.
  public func requireRising(file: String = #fileID) throws {
    func fail(_ what: String) -> TutorialError {
      TutorialError("The list of ε in \(file) \(what).")
    }
    if isEmpty { throw fail("is empty; give it at least one value") }
    for (one, next) in zip(self, dropFirst()) where one.pixels >= next.pixels {
      throw fail(
        one == next
          ? "holds \(one.pixels) twice; each value belongs there once"
          : "has \(next.pixels) behind \(one.pixels); put them in rising order")
    }
  }
}
