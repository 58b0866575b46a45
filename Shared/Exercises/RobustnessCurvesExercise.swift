extension Exercise {
  /// Exercise 9: a robustness curve for each of several attacks.
  public static func robustnessCurves(
    _ attempt:
      @escaping @Sendable (
        Sequential, Batch, [Epsilon], [@Sendable (Epsilon) -> any Attack]
      ) throws -> [[RobustnessRow]]
  ) -> Exercise {
    Exercise(
      "9", "A robustness curve for several attacks",
      hints: [
        "What does an attack with ε = 0.2 start from: the clean images, or "
          + "what the attack with ε = 0.1 left behind?",
        "Two loops, attacks outside and ε inside. Each point attacks all clean "
          + "images and counts the answers that equal the label.",
        "For each attack and ε: let moved = attack(epsilon).perturb(batch."
          + "images, labels: batch.labels, against: model), then "
          + "model.evaluate(on: moved, labels: batch.labels).accuracy.value.",
      ],
      task: GradedTask(
        questions: CurvesCase.questions,
        reference: {
          $0.model.curves(
            under: $0.attacks, on: $0.batch, epsilons: $0.epsilons)
        },
        difference: { CurvesCase.difference($0, $1) },
        misconceptions: CurvesCase.misconceptions)
    ) { try attempt($0.model, $0.batch, $0.epsilons, $0.attacks) }
  }
}

/// What `robustnessCurves` is asked.
struct CurvesCase: Sendable {
  var model: Sequential
  var batch: Batch
  var epsilons: [Epsilon]
  var attacks: [@Sendable (Epsilon) -> any Attack]

  static var questions: [GradedTask<CurvesCase, [[RobustnessRow]]>.Question] {
    // The leads of class 0: 0.8, 0.1, 0.3, −0.1, and −0.5 for the last image.
    let byHand = CurvesCase(
      model: ExerciseSamples.twoPixelClassifier([1, -1]),
      batch: Batch(
        images: ExerciseSamples.pixels(
          0.9, 0.1, 0.5, 0.4, 0.6, 0.3, 0.4, 0.5, 0.25, 0.75),
        labels: [0, 0, 0, 0, 1]),
      epsilons: [0, 0.1, 0.2].map(Epsilon.pixels),
      attacks: [
        { FGSM(epsilon: $0) }, { RandomSigns(epsilon: $0, seed: 3) },
      ])
    return [
      .init(
        "five images of two pixels and FGSM with ε = 0, 0.1, 0.2; class 0 "
          + "leads by x₁ − x₂ = 0.8, 0.1, 0.3, −0.1, −0.5, the last is of "
          + "class 1, and FGSM takes 2ε of each lead, so the first curve is "
          + "0.8, 0.6, 0.4; random signs as the second attack", byHand),
      .init("24 random images and a small network", random(seed: 91)),
      .init("24 more and another network", random(seed: 92)),
    ]
  }

  private static func random(seed: UInt64) -> CurvesCase {
    let model = ExerciseSamples.network(seed: seed)
    return CurvesCase(
      model: model,
      batch: ExerciseSamples.batch(24, seed: seed + 100, for: model),
      epsilons: [0, 0.02, 0.05, 0.1].map(Epsilon.pixels),
      attacks: [
        { FGSM(epsilon: $0) },
        { PGD(epsilon: $0, stepSize: .pixels(0.03), steps: 4, seed: nil) },
        { RandomSigns(epsilon: $0, seed: seed) },
      ])
  }

  static func difference(
    _ expected: [[RobustnessRow]], _ came: [[RobustnessRow]]
  ) -> Difference? {
    if let found = Difference.between(
      exactly: expected.count, came.count, at: "the number of curves")
    {
      return found
    }
    for (index, (expected, came)) in zip(expected, came).enumerated() {
      if let found = difference(expected, came, at: "curve \(index)") {
        return found
      }
    }
    return nil
  }

  private static func difference(
    _ expected: [RobustnessRow], _ came: [RobustnessRow], at place: String
  ) -> Difference? {
    Difference.between(
      expected.map { Double($0.epsilon) }, came.map { Double($0.epsilon) },
      at: "the ε of \(place)")
      ?? Difference.between(
        expected.map(\.accuracy), came.map(\.accuracy),
        at: "the accuracy of \(place)")
      ?? Difference.between(
        exactly: expected.map(\.images), came.map(\.images),
        at: "the images of \(place)")
  }
}
