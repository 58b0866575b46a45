import Shared

extension Exercise where Function == ChallengeAttack {
  /// Exercise 12: noise on every image.
  public static func breakNoise(_ own: @escaping ChallengeAttack) -> Self {
    Exercise(
      "12", .advanced, breaking: "noise in front of a network",
      summary: "Bring a hardened network down that sees every image under "
        + "noise of its own.",
      hints: [
        "The image will be seen under noise that nobody knows yet. For which "
          + "noise shall it be misread, and what is the slope of that?",
        "For all of it: climb the mean loss over many draws. The slope of a "
          + "mean is the mean of the slopes; ten draws come near enough.",
        "In each of 20 steps add up challenge.model(drawing: seed)"
          + ".inputGradient(of: challenge.images, labels: challenge.labels) for "
          + "ten seeds; then one step along the signs of the sum.",
      ],
      own: own, library: climbTheMean, task: task)
  }
}

/// PGD on the mean of ten draws.
@Sendable private func climbTheMean(_ challenge: inout Challenge) {
  challenge.images = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 8), steps: 20, seed: nil
  ).perturb(
    challenge.images, labels: challenge.labels,
    against: challenge.model.averaged(over: 10, seed: 1))
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  return [
    .init(
      "the network trained with four steps, behind noise of 0.25, 30 test "
        + "images, ε = 0.2: at most 40 % may stay safe in most of five draws",
      shipped.noise.with(shipped.images(0..<30))),
    .init(
      "the same, 20 other images", shipped.noise.with(shipped.images(30..<50))),
  ]
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.4,
  mistakes: [
    .nothingMoved(
      "Not one pixel moved. This defence has a slope, and another one for every "
        + "draw: average them."),
    .imagesLeftAlone,
    .partOfTheBox,
    .oneWay,
    .wrongWay,
    ChallengeRule(
      "lucky in one draw",
      "The model as it was handed out misreads far more of these images than in "
        + "other draws. Whoever tries until one draw goes wrong has found luck; "
        + "climb the mean over many draws."
    ) { question, answer in
      let own = question.isRight(answer.images, by: question.model)
      let share = Double(own.count { $0 }) / Double(max(1, own.count))
      let others = question.safety(of: answer.images).value
      return others - share < 0.3
        ? nil
        : Difference(
          place: "images read right in the draw that was handed out",
          expected: "about \(others.percent(0)), as in others",
          actual: share.percent(0))
    },
    .noDirection(
      "The pixels moved, but in no direction, as after a random start.",
      beside: [climbTheMean, Challenge.aroundTheDefense]),
    .undefended(
      "The pixels went the way of an attack on the network without its noise. "
        + "What it says there is not what it says of noisy images: average over "
        + "draws of the defended model.",
      bare: Challenge.aroundTheDefense, rather: climbTheMean),
    .singleStep,
    ChallengeRule(
      "draws not averaged",
      "Each step believed one draw, too few, or a vote of their signs. Add up "
        + "the slopes of ten draws or more, each with a seed of its own, and take "
        + "the sign once."
    ) { question, answer in
      let share = question.agreement(of: answer, with: climbTheMean)
      return share > 0.963 ? nil : ChallengeRule.sameWay(share)
    },
  ],
  questions: try questions())
