import Shared

// Mistakes that people make with any defence.

extension Challenge {
  /// PGD on the network behind a defence, which is what does not work.
  static let aroundTheDefense: ChallengeAttack = { challenge in
    let epsilon = challenge.epsilon
    let attack = PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8), steps: 20,
      seed: nil)
    challenge.images = attack.perturb(
      challenge.images, labels: challenge.labels,
      against: challenge.behindDefense)
  }

  /// How far each pixel was moved, in the shape of the images.
  func moves(to moved: Tensor) -> Tensor {
    images.combined(with: moved) { $1 - $0 }
  }

  /// How many images came back as they were, and are safe.
  func leftAlone(in answer: Challenge) -> Int {
    let isSafe = isRight(images, by: model)
    return labels.indices.count {
      isSafe[$0] && images.row($0) == answer.images.row($0)
    }
  }

  /// Of the pixels that an answer and another attack have both moved, those that
  /// went the same way; 0.5 if there are none.
  ///
  /// Noise agrees with any attack on most of them, as black pixels can only go
  /// up: on 80 to 84 % in the challenges here, while two attacks that follow the
  /// same slope from different starts agree on 90 % and more.
  func agreement(of answer: Challenge, with attack: ChallengeAttack) -> Double {
    var other = self
    attack(&other)
    var (same, all) = (0, 0)
    for (move, reference) in zip(
      moves(to: answer.images).scalars, moves(to: other.images).scalars)
    where move != 0 && reference != 0 {
      all += 1
      if (move > 0) == (reference > 0) { same += 1 }
    }
    return all > 0 ? Double(same) / Double(all) : 0.5
  }

  /// How far the right logit lies above the best other one, on average.
  func lead(in images: Tensor) -> Double {
    let logits = model.logits(of: images)
    let margins = labels.enumerated().map { row, label in
      AttackLoss.margin(Array(logits.row(row)), .avoid(label)).value
    }
    return -margins.reduce(0, +) / Double(max(1, margins.count))
  }
}

extension ChallengeRule {
  /// Nothing was changed at all.
  static func nothingMoved(_ explanation: String) -> ChallengeRule {
    ChallengeRule("nothing moved", explanation) { question, answer in
      question.images == answer.images
        ? Difference(
          place: "images that moved", expected: "all", actual: "none") : nil
    }
  }

  /// Some images were forgotten.
  static let imagesLeftAlone = ChallengeRule(
    "images left alone",
    "Some images that were read right came back as they were, or were put back. "
      + "Every image is to be attacked, each with its own label, and the last try "
      + "is as good as the first image."
  ) { question, answer in
    let count = question.leftAlone(in: answer)
    return count == 0
      ? nil
      : Difference(
        place: "images left as they were", expected: "none",
        actual: "\(count) of \(question.labels.count)")
  }

  /// The box has more room.
  static let partOfTheBox = ChallengeRule(
    "only part of the box",
    "No pixel moved as far as it may. ε counts pixels, black 0 and white 1; all "
      + "steps together should be able to cross the box."
  ) { question, answer in
    let epsilon = question.epsilon.pixels
    let furthest = question.moves(to: answer.images).maximumMagnitude
    return furthest > 0.7 * epsilon
      ? nil
      : Difference(
        place: "the largest change of a pixel", expected: "up to \(epsilon)",
        actual: "\(furthest)")
  }

  /// A slope of 0 was taken for a way.
  static let oneWay = ChallengeRule(
    "every pixel one way",
    "All pixels went down, or all up. Most often the sign of 0 was taken to be "
      + "−1 or +1; it is 0, and a slope of 0 says nothing."
  ) { question, answer in
    let moves = question.moves(to: answer.images).scalars
    return moves.contains { $0 > 0 } && moves.contains { $0 < 0 }
      ? nil
      : Difference(
        place: "pixels that went up, and pixels that went down",
        expected: "some of both", actual: "one kind only")
  }

  /// The walk led nowhere.
  ///
  /// - Parameters:
  ///   - explanation: Why that happens with this defence.
  ///   - attacks: Walks that lead somewhere; with one of them an answer that has
  ///     a direction agrees more than noise does.
  /// - Returns: The mistake.
  static func noDirection(
    _ explanation: String, beside attacks: [ChallengeAttack]
  ) -> ChallengeRule {
    ChallengeRule("no direction", explanation) { question, answer in
      let shares = attacks.map { question.agreement(of: answer, with: $0) }
      return shares.allSatisfy { $0 < 0.86 }
        ? sameWay(shares[0]) : nil
    }
  }

  /// The walk led the wrong way.
  static let wrongWay = ChallengeRule(
    "wrong way",
    "The right answers lead by more than before: the walk went downhill. The "
      + "attacker adds the sign of the slope of the loss."
  ) { question, answer in
    let (before, after) = (
      question.lead(in: question.images), question.lead(in: answer.images)
    )
    // Noise may raise it a little.
    return after <= before + 0.05 * abs(before)
      ? nil
      : Difference(
        place: "the mean lead of the right logit",
        expected: "less than \(before.shortest)", actual: after.shortest)
  }

  /// The defence was never asked: the walk follows the bare network.
  static func undefended(
    _ explanation: String, bare: @escaping ChallengeAttack,
    rather defended: @escaping ChallengeAttack
  ) -> ChallengeRule {
    ChallengeRule("the undefended network", explanation) { question, answer in
      let withBare = question.agreement(of: answer, with: bare)
      let withDefended = question.agreement(of: answer, with: defended)
      return withBare < withDefended + 0.005
        ? nil
        : Difference(
          place:
            "pixels that went the way of an attack on the defended network",
          expected: "more than that of one on the bare network",
          actual: "\(withDefended.percent(0)) and \(withBare.percent(0))")
    }
  }

  /// One step was taken.
  static let singleStep = ChallengeRule(
    "a single step",
    "Every pixel stands at an end of its box, or where it was: that is what one "
      + "step of size ε does. The slope at the original image is not the slope "
      + "further on; make smaller steps, and ask again after each."
  ) { question, answer in
    let epsilon = question.epsilon.pixels
    let isInside = zip(
      question.moves(to: answer.images).scalars, answer.images.scalars
    ).contains { move, pixel in
      move != 0 && abs(abs(move) - epsilon) > 1e-4 && pixel > 0 && pixel < 1
    }
    return isInside
      ? nil
      : Difference(
        place: "pixels between the ends of their box", expected: "some",
        actual: "none")
  }

  static func sameWay(_ share: Double) -> Difference {
    Difference(
      place: "moved pixels that went the way of a working attack",
      expected: "most", actual: share.percent(0))
  }
}
