import Shared

extension Exercise where Function == ChallengeAttack {
  /// Exercise 12: noise on every image.
  public static func breakNoise(_ own: @escaping ChallengeAttack) -> Self {
    Exercise(
      "12", .advanced, "Break it: noise in front of a network",
      summary: "Bring a hardened network down that sees every image under "
        + "noise of its own.",
      hints: [
        "The image will be seen under noise that nobody knows yet. For which "
          + "noise shall it be misread, and what is the slope of that?",
        "For all of it: climb the mean loss over many draws. The slope of a "
          + "mean is the mean of the slopes; ten draws, new ones at each step, "
          + "come near enough.",
        "In each of 20 steps add up challenge.model(drawing: seed)"
          + ".inputGradient(of: challenge.images, labels: challenge.labels) for "
          + "ten seeds that never came before; then one step along the signs of "
          + "the sum.",
      ],
      own: own, library: climbTheMean, task: task, secondsAllowed: 60
    ) { attack, question in
      var answer = question
      attack(&answer)
      return answer
    }
  }
}

/// PGD on the mean of ten draws.
private func climbTheMean(_ challenge: inout Challenge) {
  challenge.images = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 8), steps: 20, seed: nil
  ).perturb(
    challenge.images, labels: challenge.labels,
    against: challenge.model.averaged(over: 10, seed: 1))
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  func noisy(_ range: Range<Int>) -> Challenge {
    .noise(before: shipped.hardened, on: shipped.images(range))
  }
  return [
    .init(
      "the network trained with four steps, behind noise of 0.25, 30 test "
        + "images, ε = 0.2: at most 40 % may stay safe in most of five draws",
      noisy(0..<30)),
    .init("the same, 30 other images", noisy(30..<60)),
  ]
}

/// The way up on average.
private func way(_ challenge: Challenge) -> Tensor {
  challenge.slope(
    of: challenge.model.averaged(over: 20, seed: 7), at: challenge.images)
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.4,
  mistakes: [
    .nothingMoved(
      "Not one pixel moved. This defence has a slope, and another one for every "
        + "draw: average them."),
    .imagesLeftAlone,
    .partOfTheBox,
    ChallengeRule(
      "lucky in one draw",
      "The model as it was handed out misreads these images, and in other draws "
        + "it reads them. Whoever tries until one draw goes wrong has found "
        + "luck; climb the mean over many draws."
    ) { question, answer in
      let own = question.isRight(answer.images, by: question.model)
      let share = Double(own.count { $0 }) / Double(max(1, own.count))
      return share > 0.4
        ? nil
        : Difference(
          place: "images read right in the draw that was handed out",
          expected: "as many as in others", actual: share.percent(0))
    },
    .wrongWay,
    .undefended(
      "The pixels follow the network without its noise. What it says there is "
        + "not what it says of noisy images: average over draws of the defended "
        + "model.",
      of: { Sequential(Array($0.model.layers.dropFirst())) }, rather: way),
    .noDirection(
      "The pixels moved, but in no direction, as after a random start, or along "
        + "slopes of single draws that cancel out.", way),
    .singleStep,
    ChallengeRule(
      "one draw at a step",
      "The images follow the slopes of single draws: each step believed one "
        + "draw, and the next one pulled elsewhere. Average ten or more before "
        + "each step."
    ) { question, answer in
      let agreement = question.agreement(of: answer, with: way(question))
      return agreement > 0.6
        ? nil
        : Difference(
          place: "pixels that went along the mean slope", expected: "most",
          actual: agreement.percent(0))
    },
  ],
  questions: try questions())
