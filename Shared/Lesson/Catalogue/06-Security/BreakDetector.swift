import Shared

extension Exercise where Function == ChallengeAttack {
  /// Exercise 13: a detector with a threshold.
  public static func breakDetector(_ own: @escaping ChallengeAttack) -> Self {
    Exercise(
      "13", .advanced, breaking: "a detector that rejects",
      summary: "Find images that the network misreads and its detector takes "
        + "for usual.",
      hints: [
        "Two things shall be true at the same time. Which of the two does an "
          + "image lack that is still read right, and which one that is misread "
          + "and rejected?",
        "Climb the loss as long as the answer is right, and go down with the "
          + "detector's score as soon as it is wrong. Divide both slopes by the "
          + "sum of their magnitudes and let the other aim count a fifth, lest "
          + "one step undo the other.",
        "In each of 60 steps of ε/20: let up = the inputGradient, let (scores, "
          + "down) = alarm.detector.scoreGradient(of: challenge.images); move "
          + "along the sign of a · up − b · down with (a, b) = (1, 0.2) or "
          + "(0.2, 1). Keep the last image that was misread with a score below "
          + "the threshold.",
      ],
      own: own, library: evade, task: task)
  }
}

/// Both aims at once.
@Sendable private func evade(_ challenge: inout Challenge) {
  guard let alarm = challenge.alarm else { return }
  challenge.images = DetectorEvasion(
    of: alarm.detector, epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 20), steps: 60, seed: 1
  ).perturb(
    challenge.images, labels: challenge.labels, against: challenge.model)
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  return [
    .init(
      "chapter 3's network with a detector of unusual channels, 30 test images, "
        + "ε = 0.3: at most 5 % may stay safe, read right or rejected",
      shipped.detector.with(shipped.images(0..<30))),
    .init(
      "the same, 20 other images",
      shipped.detector.with(shipped.images(30..<50))),
  ]
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.05,
  mistakes: [
    .nothingMoved(
      "All images came back as they were. If you keep only what is misread and "
        + "accepted, then nothing was: more steps, or smaller ones."),
    .partOfTheBox,
    .oneWay,
    ChallengeRule(
      "the detector left out",
      "The network misreads most of these images, and the detector rejects "
        + "them: they were made for the network alone, or the score's slope "
        + "drowned in the loss's. Divide each slope by the sum of its magnitudes, "
        + "and go down with the score once the answer is wrong."
    ) { $0.share(of: $1, atLeast: 0.5, "misread and rejected") { !$0 && $1 } },
    ChallengeRule(
      "only quiet",
      "The detector accepts most of these images, and the network reads them "
        + "right: the score went down and the answer stayed, or the walk crosses "
        + "the border to and fro. Climb the loss as long as the answer is right, "
        + "and keep the last image that was misread and accepted."
    ) { $0.share(of: $1, atLeast: 0.5, "accepted and right") { $0 && !$1 } },
    .wrongWay,
    ChallengeRule(
      "loud and right",
      "Most of these images are rejected and read right all the same: the score "
        + "went up. The attacker goes down with it."
    ) { $0.share(of: $1, atLeast: 0.5, "rejected and right") { $0 && $1 } },
  ],
  questions: try questions())

extension Challenge {
  /// Whether at least such a share of the images is of one kind.
  fileprivate func share(
    of answer: Challenge, atLeast limit: Double, _ words: String,
    where isMeant: (_ isRight: Bool, _ isRejected: Bool) -> Bool
  ) -> Difference? {
    let kinds = zip(
      isRight(answer.images, by: model), isRejected(answer.images))
    let share = Double(kinds.count { isMeant($0, $1) }) / Double(labels.count)
    return share < limit
      ? nil
      : Difference(
        place: "images \(words)", expected: "few", actual: share.percent(0))
  }
}
