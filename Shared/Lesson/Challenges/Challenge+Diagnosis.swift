import Shared

extension GradedTask where Input == Challenge, Answer == Challenge {
  /// To bring the share of safe images down to a goal.
  ///
  /// - Parameters:
  ///   - goal: At most so much may be safe, 0...1.
  ///   - mistakes: Known reasons for which too much still is, the most telling
  ///     first.
  ///   - questions: The challenges.
  /// - Returns: The task.
  static func challenge(
    goal: Double, mistakes: [Invariant],
    questions: @autoclosure @escaping @Sendable () throws -> [Question]
  ) -> Self {
    let unbroken = mistakes.map { mistake in
      Invariant(mistake.name, mistake.explanation) { question, answer in
        question.excess(of: answer, over: goal) == nil
          ? nil : mistake.violation(question, answer)
      }
    }
    let tooMuch = Invariant(
      "not far enough",
      "The images keep the rules, but too many are safe. More steps, or a better "
        + "direction for each of them, bring more down."
    ) { question, answer in question.excess(of: answer, over: goal) }
    return GradedTask(
      questions: try questions(), difference: { _, _ in nil },
      invariants: Challenge.rules + unbroken + [tooMuch])
  }
}

extension Challenge {
  /// How much too much is safe; nil if the goal is met.
  func excess(of answer: Challenge, over goal: Double) -> Difference? {
    let safety = safety(of: answer.images)
    guard safety.value > goal else { return nil }
    return Difference(
      place: "images that are safe, of \(safety.total)",
      expected: "at most \(goal.percent(0))",
      actual: safety.value.percent(0))
  }

  /// How far each pixel was moved.
  func moves(to answer: Challenge) -> [Float] {
    zip(images.scalars, answer.images.scalars).map { $1 - $0 }
  }

  /// How many images came back as they were.
  func unmoved(in answer: Challenge) -> Int {
    labels.indices.count { images.row($0) == answer.images.row($0) }
  }

  /// Of the moved pixels with a slope, those that went along it.
  ///
  /// One half is what chance does; 0.5, too, if there are none.
  func agreement(of answer: Challenge, with slope: Tensor) -> Double {
    var (along, all) = (0, 0)
    for (move, slope) in zip(moves(to: answer), slope.scalars)
    where move != 0 && slope != 0 {
      all += 1
      if (move > 0) == (slope > 0) { along += 1 }
    }
    return all > 0 ? Double(along) / Double(all) : 0.5
  }

  /// How far the right logit lies above the best other one, on average.
  func lead(in images: Tensor) -> Double {
    let logits = model.logits(of: images)
    let margins = labels.enumerated().map { row, label in
      AttackLoss.margin(Array(logits.row(row)), .avoid(label)).value
    }
    return -margins.reduce(0, +) / Double(max(1, margins.count))
  }

  /// The slope of the margin at the images, for a network of the attacker's.
  func slope(of network: Sequential, at images: Tensor) -> Tensor {
    let goals = labels.map(Goal.avoid)
    return network.inputGradient(of: images) { logits, range in
      Tensor(
        rows: range.enumerated().map { row, image in
          AttackLoss.margin(Array(logits.row(row)), goals[image]).gradient
        }, of: [logits.shape[1]])
    }
  }
}

// Mistakes that people make with any defence.
extension ChallengeRule {
  /// Nothing was changed at all.
  static func nothingMoved(_ explanation: String) -> ChallengeRule {
    ChallengeRule("nothing moved", explanation) { question, answer in
      let unmoved = question.unmoved(in: answer)
      return unmoved < question.labels.count
        ? nil : counted(unmoved, question, "images that moved", none: true)
    }
  }

  /// Some images were forgotten.
  static let imagesLeftAlone = ChallengeRule(
    "images left alone",
    "Some images came back as they were. Every image is to be attacked, each "
      + "with its own label."
  ) { question, answer in
    let unmoved = question.unmoved(in: answer)
    return unmoved == 0
      ? nil : counted(unmoved, question, "images left as they were")
  }

  /// The box has more room.
  static let partOfTheBox = ChallengeRule(
    "only part of the box",
    "No pixel moved as far as it may. ε counts pixels, black 0 and white 1; all "
      + "steps together should be able to cross the box."
  ) { question, answer in
    let epsilon = question.epsilon.pixels
    let furthest = question.moves(to: answer).reduce(0) { max($0, abs($1)) }
    return furthest > 0.7 * epsilon
      ? nil
      : Difference(
        place: "the largest change of a pixel", expected: "up to \(epsilon)",
        actual: "\(furthest)")
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
    return after <= before
      ? nil
      : Difference(
        place: "the mean lead of the right logit",
        expected: "less than \(before.shortest)", actual: after.shortest)
  }

  /// The defence was never asked: the walk follows the bare network.
  static func undefended(
    _ explanation: String,
    of network: @escaping @Sendable (Challenge) -> Sequential,
    rather slope: @escaping @Sendable (Challenge) -> Tensor
  ) -> ChallengeRule {
    ChallengeRule("the undefended network", explanation) { question, answer in
      let bare = question.slope(of: network(question), at: question.images)
      let withBare = question.agreement(of: answer, with: bare)
      let withDefended = question.agreement(of: answer, with: slope(question))
      return withBare <= withDefended
        ? nil
        : Difference(
          place: "pixels that went along the defended network's slope",
          expected: "more than along the bare one's",
          actual: "\(withDefended.percent(0)) and \(withBare.percent(0))")
    }
  }

  /// The walk led nowhere.
  static func noDirection(
    _ explanation: String, _ slope: @escaping @Sendable (Challenge) -> Tensor
  ) -> ChallengeRule {
    ChallengeRule("no direction", explanation) { question, answer in
      let agreement = question.agreement(of: answer, with: slope(question))
      return abs(agreement - 0.5) > 0.03 ? nil : along(agreement)
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
      question.moves(to: answer), answer.images.scalars
    ).contains { move, pixel in
      move != 0 && abs(abs(move) - epsilon) > 1e-4 && pixel > 0 && pixel < 1
    }
    return isInside
      ? nil
      : Difference(
        place: "pixels inside their box", expected: "some", actual: "none")
  }

  private static func along(_ agreement: Double) -> Difference {
    Difference(
      place: "pixels that went along the slope", expected: "most",
      actual: agreement.percent(0))
  }

  private static func counted(
    _ count: Int, _ question: Challenge, _ place: String, none: Bool = false
  ) -> Difference {
    Difference(
      place: place, expected: none ? "all" : "none",
      actual: none ? "none" : "\(count) of \(question.labels.count)")
  }
}
