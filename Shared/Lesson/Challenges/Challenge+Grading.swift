import Shared

extension Challenge {
  /// Decides the draws of the grader.
  private static let judge: UInt64 = 0xFEED

  /// The images that are safe in the eyes of the grader, of all.
  func safety(of images: Tensor) -> Proportion {
    Proportion(
      isSafe(images, drawing: Self.judge).count { $0 }, of: labels.count)
  }

  /// How much too much is safe; nil if the goal is met.
  func excess(of answer: Challenge, over goal: Double) -> Difference? {
    let safety = safety(of: answer.images)
    guard safety.value > goal else { return nil }
    return Difference(
      place: "images that are safe, of \(safety.total)",
      expected: "at most \(goal.percent(0))",
      actual: safety.value.percent(0))
  }
}

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
    let tooMuch = Invariant(
      "not far enough",
      "The images keep the rules, but too many are safe. More steps, or a better "
        + "direction for each of them, bring more down."
    ) { question, answer in question.excess(of: answer, over: goal) }
    return GradedTask(
      questions: try questions(), invariants: Challenge.rules,
      isGoodEnough: { $0.excess(of: $1, over: goal) == nil },
      shortcomings: mistakes + [tooMuch])
  }
}

extension Exercise where Function == ChallengeAttack {
  /// An exercise whose question is a challenge, and whose answer is the same with
  /// other images.
  init(
    _ name: String, _ level: Level, breaking title: String, summary: String,
    hints: [String], own: @escaping ChallengeAttack,
    library: @escaping ChallengeAttack, task: GradedTask<Challenge, Challenge>
  ) {
    self.init(
      name, level, "Break it: \(title)", summary: summary, hints: hints,
      own: own, library: library, task: task, secondsAllowed: 60
    ) { attack, question in
      var answer = question
      attack(&answer)
      return answer
    }
  }
}
