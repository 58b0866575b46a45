import Shared

extension Sequential {
  /// From model, images, ε values and attacks to one curve an attack.
  public typealias CurvesMeasurement =
    @Sendable (
      _ model: Sequential, _ batch: Batch, _ epsilons: [Epsilon],
      _ attacks: [@Sendable (Epsilon) -> any Attack]
    ) -> [[RobustnessPoint]]
}

extension Exercise where Function == Sequential.CurvesMeasurement {
  /// Exercise 9: a robustness curve for each of several attacks.
  public static func robustnessCurves(_ own: Function) -> Self {
    Exercise(
      "9", .advanced, "A robustness curve for several attacks",
      summary: "Measure the accuracy under each attack at each ε, and return "
        + "one curve an attack.",
      hints: [
        "What does an attack with ε = 0.2 start from: the clean images, or "
          + "what the attack with ε = 0.1 left behind?",
        "Two loops, attacks outside and ε inside. Each point attacks all clean "
          + "images and counts the answers that equal the label.",
        "For each attack and ε: let moved = attack(epsilon).perturb(batch."
          + "images, labels: batch.labels, against: model), then "
          + "model.evaluate(on: moved, labels: batch.labels).accuracy.",
      ],
      own: own, library: libraryCurves, task: task
    ) { $0($1.model, $1.batch, $1.epsilons, $1.attacks) }
  }
}

private func libraryCurves(
  of model: Sequential, on batch: Batch, epsilons: [Epsilon],
  attacks: [@Sendable (Epsilon) -> any Attack]
) -> [[RobustnessPoint]] {
  attacks.map { model.curve(under: $0, on: batch, epsilons: epsilons) }
}

/// The control: every pixel brighter by ε.
///
/// Random signs would give an image other signs in another batch, and whoever
/// attacks image by image would be wrong by chance.
private struct Brighter: Attack {
  var epsilon: Epsilon

  var bound: Bound { .maximum(epsilon) }

  func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    projected(images.map { $0 + epsilon.pixels }, around: images, epsilon)
  }
}

/// What `robustnessCurves` is asked.
struct CurvesInput: Sendable {
  var model: Sequential
  var batch: Batch
  var epsilons: [Epsilon]
  var attacks: [@Sendable (Epsilon) -> any Attack]

  static var questions: [GradedTask<CurvesInput, [[RobustnessPoint]]>.Question]
  {
    // The leads of class 0: 0.8, 0.1, 0.3, −0.1, and −0.5 for the last image.
    let byHand = CurvesInput(
      model: ExerciseSamples.twoPixelClassifier([1, -1]),
      batch: Batch(
        images: ExerciseSamples.pixels(
          0.9, 0.1, 0.5, 0.4, 0.6, 0.3, 0.4, 0.5, 0.25, 0.75),
        labels: [0, 0, 0, 0, 1]),
      epsilons: [0, 0.1, 0.2].map(Epsilon.pixels),
      attacks: [
        { FGSM(epsilon: $0) }, { Brighter(epsilon: $0) },
      ])
    return [
      .init(
        "five images of two pixels and FGSM with ε = 0, 0.1, 0.2; class 0 "
          + "leads by x₁ − x₂ = 0.8, 0.1, 0.3, −0.1, −0.5, the last is of "
          + "class 1, and FGSM takes 2ε of each lead, so the first curve is "
          + "0.8, 0.6, 0.4; brighter pixels as the second attack", byHand),
      .init("24 random images and a small network", random(seed: 91)),
      .init("24 more and another network", random(seed: 92)),
      .init(
        "24 more, and ε that do not ascend: 0.1, 0, 0.05",
        random(seed: 93, epsilons: [0.1, 0, 0.05])),
    ]
  }

  private static func random(
    seed: UInt64, epsilons: [Float] = [0, 0.02, 0.05, 0.1]
  ) -> CurvesInput {
    let model = ExerciseSamples.network(seed: seed)
    return CurvesInput(
      model: model,
      batch: ExerciseSamples.batch(24, seed: seed + 100, for: model),
      epsilons: epsilons.map(Epsilon.pixels),
      attacks: [
        { FGSM(epsilon: $0) },
        { PGD(epsilon: $0, stepSize: .pixels(0.03), steps: 4, seed: nil) },
        { Brighter(epsilon: $0) },
      ])
  }

  static func difference(
    _ expected: [[RobustnessPoint]], _ actual: [[RobustnessPoint]]
  ) -> Difference? {
    if let found = Difference.between(
      exactly: expected.count, actual.count, at: "the number of curves")
    {
      return found
    }
    for (index, (expected, actual)) in zip(expected, actual).enumerated() {
      if let found = difference(expected, actual, at: "curve \(index)") {
        return found
      }
    }
    return nil
  }

  private static func difference(
    _ expected: [RobustnessPoint], _ actual: [RobustnessPoint], at place: String
  ) -> Difference? {
    Difference.between(
      expected.map { Double($0.epsilon.pixels) },
      actual.map { Double($0.epsilon.pixels) },
      at: "the ε of \(place)")
      ?? Difference.between(
        expected.map(\.accuracy.value), actual.map(\.accuracy.value),
        at: "the accuracy of \(place)")
      ?? Difference.between(
        exactly: expected.map(\.accuracy.total), actual.map(\.accuracy.total),
        at: "the images of \(place)")
  }
}

private let task = GradedTask<CurvesInput, [[RobustnessPoint]]>(
  questions: CurvesInput.questions,
  difference: { CurvesInput.difference($0, $1) },
  misconceptions: CurvesInput.misconceptions)
