import Shared

/// Changes the images of a challenge, and nothing else.
public typealias ChallengeAttack = @Sendable (inout Challenge) -> Void

extension Exercise where Function == ChallengeAttack {
  /// Exercise 10: logits a hundred times as large.
  public static func breakMaskedGradients(_ own: @escaping ChallengeAttack)
    -> Self
  {
    Exercise(
      "10", .intermediate, breaking: "a slope that rounds to 0",
      summary: "Bring a network down whose logits are so large that the loss "
        + "has no slope.",
      hints: [
        "The slope of the cross-entropy is made of the wrong classes' "
          + "probabilities, and these round to 0. Which function of the logits "
          + "rises when the answer gets worse, and does not round to a constant?",
        "The answers do not change if all logits are divided by 100, and then "
          + "the cross-entropy has a slope again. Or take the margin: the best "
          + "wrong logit minus the right one; its slope is +1 and −1.",
        "In each of 20 steps: let gradient = challenge.model.inputGradient(of: "
          + "challenge.images) { logits, rows in softmaxCrossEntropy(logits: "
          + "logits * 0.01, labels: Array(labels[rows])).gradient }, then "
          + "projected(images + ε/8 · sign, around: the original images, ε).",
      ],
      own: own, library: climbTheMargin, task: task)
  }
}

/// PGD on the margin, which has a slope however large the logits are.
@Sendable private func climbTheMargin(_ challenge: inout Challenge) {
  var attack = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 8), steps: 20, seed: nil)
  attack.loss = .margin
  challenge.images = attack.perturb(
    challenge.images, labels: challenge.labels, against: challenge.model)
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  return [
    .init(
      "chapter 3's network with logits a hundred times as large, 30 test "
        + "images, ε = 0.2: at most 10 % may stay safe",
      shipped.maskedGradients.with(shipped.images(0..<30))),
    .init(
      "the same, 20 other images",
      shipped.maskedGradients.with(shipped.images(30..<50))),
  ]
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.1,
  mistakes: [
    .nothingMoved(
      "Not one pixel moved, and that is the trap: the probabilities of the wrong "
        + "classes round to 0, so the slope of the cross-entropy is exactly 0, "
        + "and so is its sign. Climb something that does not round away. (Or the "
        + "result was not put into `challenge.images`.)"),
    .imagesLeftAlone,
    .partOfTheBox,
    .oneWay,
    .wrongWay,
    .noDirection(
      "The pixels moved, but in no direction: half of them went the way of a "
        + "working attack, as after a random start from which no step followed. "
        + "A start needs a slope to go on from.", beside: [climbTheMargin]),
    .singleStep,
  ],
  questions: try questions())
