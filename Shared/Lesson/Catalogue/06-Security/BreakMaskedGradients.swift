import Shared

/// Changes the images of a challenge, and nothing else.
public typealias ChallengeAttack = @Sendable (inout Challenge) -> Void

extension Exercise where Function == ChallengeAttack {
  /// Exercise 10: logits a hundred times as large.
  public static func breakMaskedGradients(_ own: @escaping ChallengeAttack)
    -> Self
  {
    Exercise(
      "10", .intermediate, "Break it: a slope that rounds to 0",
      summary: "Bring a network down whose logits are so large that the loss "
        + "has no slope.",
      hints: [
        "The right class has a probability of 1, rounded, and the slope of the "
          + "loss is probability minus 1. Which function of the logits rises "
          + "when the answer gets worse, and does not round to a constant?",
        "The answers do not change if all logits are divided by 100, and then "
          + "the cross-entropy has a slope again. Or take the margin: the best "
          + "wrong logit minus the right one; its slope is +1 and −1.",
        "In each of 20 steps: let gradient = challenge.model.inputGradient(of: "
          + "challenge.images) { logits, rows in softmaxCrossEntropy(logits: "
          + "logits * 0.01, labels: Array(labels[rows])).gradient }, then "
          + "projected(images + ε/8 · sign, around: the original images).",
      ],
      own: own, library: climbTheMargin, task: task, secondsAllowed: 30
    ) { attack, question in
      var answer = question
      attack(&answer)
      return answer
    }
  }
}

/// PGD on the margin, which has a slope however large the logits are.
private func climbTheMargin(_ challenge: inout Challenge) {
  var attack = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 8), steps: 20, seed: nil)
  attack.loss = .margin
  challenge.images = attack.perturb(
    challenge.images, labels: challenge.labels, against: challenge.model)
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  func masked(_ range: Range<Int>) throws -> Challenge {
    guard
      let challenge = Challenge.maskedGradients(
        of: shipped.plain, on: shipped.images(range))
    else { throw TutorialError("The network ends with no linear layer.") }
    return challenge
  }
  return [
    .init(
      "chapter 3's network with logits a hundred times as large, 30 test "
        + "images, ε = 0.2: at most 10 % may stay safe", try masked(0..<30)),
    .init("the same, 30 other images", try masked(30..<60)),
  ]
}

/// The way up that no rounding hides.
private func way(_ challenge: Challenge) -> Tensor {
  challenge.slope(of: challenge.model, at: challenge.images)
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.1,
  mistakes: [
    .nothingMoved(
      "Not one pixel moved, and that is the trap: the probability of the right "
        + "class rounds to 1, so the slope of the cross-entropy is exactly 0, "
        + "and so is its sign. Climb something that does not round away."),
    .imagesLeftAlone,
    .partOfTheBox,
    .wrongWay,
    .noDirection(
      "The pixels moved, but in no direction: half of them with the slope of "
        + "the margin and half against it, as after a random start from which "
        + "no step followed. A start needs a slope to go on from.", way),
    .singleStep,
  ],
  questions: try questions())
