import Shared

extension Exercise where Function == ChallengeAttack {
  /// Exercise 11: black and white images.
  public static func breakThreshold(_ own: @escaping ChallengeAttack) -> Self {
    Exercise(
      "11", .advanced, breaking: "a step without a slope",
      summary: "Bring a network down that makes each pixel black or white "
        + "before it looks.",
      hints: [
        "The slope of a step is 0 wherever it has one. What would the rest of "
          + "the network say if you asked it alone, and at which image?",
        "Go forward as it is and backward as if the threshold were not there: "
          + "the slope of the rest at the black and white image, used as the "
          + "slope at the gray one.",
        "let rest = Sequential(Array(challenge.model.layers.dropFirst())), and "
          + "in each of 40 steps rest.inputGradient(of: Thresholding()"
          + "(challenge.images), labels: challenge.labels); then move the gray "
          + "images along its signs.",
      ],
      own: own, library: goStraightThrough, task: task)
  }
}

/// PGD on a copy whose threshold lets slopes pass.
@Sendable private func goStraightThrough(_ challenge: inout Challenge) {
  var copy = challenge.model
  copy.layers[0].layer = copy.layers[0].layer.straightThrough
  challenge.images = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 16), steps: 40, seed: 1
  ).perturb(challenge.images, labels: challenge.labels, against: copy)
}

private func questions() throws -> [GradedTask<Challenge, Challenge>.Question] {
  let shipped = try ShippedChallenges.loaded.get()
  return [
    .init(
      "chapter 3's network behind a threshold of 0.5, 50 test images, ε = 0.47: "
        + "at most 38 % may stay safe",
      shipped.thresholding.with(shipped.images(0..<50))),
    .init(
      "the same, 40 other images",
      shipped.thresholding.with(shipped.images(50..<90))),
  ]
}

private let task = GradedTask<Challenge, Challenge>.challenge(
  goal: 0.38,
  mistakes: [
    .nothingMoved(
      "Not one pixel moved: a slope that has gone through the threshold is 0, "
        + "and so is its sign. Go backward as if the threshold were not there. (Or "
        + "the result was not put into `challenge.images`.)"),
    .imagesLeftAlone,
    ChallengeRule(
      "nothing crossed",
      "Pixels moved, but none from one side of the threshold to the other, so "
        + "the network sees the same image as before."
    ) { question, answer in
      let side = Thresholding()
      return side(question.images) == side(answer.images)
        ? Difference(
          place: "pixels that crossed the threshold", expected: "some",
          actual: "none") : nil
    },
    .partOfTheBox,
    .oneWay,
    .wrongWay,
    .noDirection(
      "The pixels moved, but in no direction, as after a random start from "
        + "which no step followed: behind the threshold there is no slope. Go "
        + "backward as if it were not there.",
      beside: [goStraightThrough, Challenge.aroundTheDefense]),
    .undefended(
      "The pixels went the way of an attack on the network without its "
        + "threshold: the slope was taken at the gray image. Take it where the "
        + "rest of the network stands, at the black and white one.",
      bare: Challenge.aroundTheDefense, rather: goStraightThrough),
    .singleStep,
  ],
  questions: try questions())
