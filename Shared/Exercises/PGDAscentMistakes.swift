extension Climb {
  typealias Mistake = GradedTask<Climb, Tensor>.Misconception

  static var misconceptions: [Mistake] {
    mistakesOfDirection + mistakesOfTheBox + mistakesOfSize
  }

  private static var mistakesOfDirection: [Mistake] {
    [
      .init(
        "wrong sign",
        "This walks downhill: the loss falls, and the model gets surer of the "
          + "right answer. The attacker adds the sign of the slope.",
        answer: { $0.walk(direction: { -sign($0) }) }),
      .init(
        "slope of the original",
        "Every slope was taken at the original image. What counts is the slope "
          + "where the walk stands now: that is what many steps are for.",
        answer: { $0.walk(slopeAt: .original) }),
      .init(
        "slope taken once",
        "The slope was taken at the start and used for all steps. After a step "
          + "it may point elsewhere, so ask for it again.",
        answer: { $0.walk(slopeAt: .start) }),
      .init(
        "slope instead of its sign",
        "The slope itself was added. Slopes are small and uneven; its sign "
          + "moves every pixel by the full step.",
        answer: { $0.walk(direction: { $0 }) }),
      .init(
        "start ignored",
        "The walk began at the images. It begins at `start`; the images are "
          + "only the middle of the box.",
        answer: { $0.with { $0.start = $0.images }.walk() }),
    ]
  }

  private static var mistakesOfTheBox: [Mistake] {
    [
      .init(
        "no projection",
        "Nothing brings the pixels back after a step that leaves the box. In "
          + "the end each may be steps · stepSize away.",
        answer: { $0.walk(back: { candidate, _, _, _ in candidate }) }),
      .init(
        "box drifts",
        "The box was laid around the last point, so it moves along with the "
          + "walk. It lies around the original image and stays there.",
        answer: {
          $0.walk(back: { candidate, last, _, epsilon in
            projected(candidate, around: last, epsilon)
          })
        }),
      .init(
        "projected too early",
        "The way back into the box came before the step, so the last step is "
          + "never put back. Step first, then project.",
        answer: { climb in
          var early = climb
          for _ in 0..<climb.steps {
            let inside = early.images.combined(with: early.start) {
              projected($1, around: $0, climb.epsilon)
            }
            early.start = inside
            early.steps = 1
            early.start = early.walk(back: { candidate, _, _, _ in candidate })
          }
          return early.start
        }),
    ]
  }

  private static var mistakesOfSize: [Mistake] {
    [
      .init(
        "ε as step size",
        "Each step moved by ε. A step moves by stepSize; ε is the size of the "
          + "box.",
        answer: { $0.with { $0.stepSize = $0.epsilon }.walk() }),
      .init(
        "ε divided by 0.3081",
        "ε was turned into normalized units, which makes the box three times "
          + "too large. The images are in pixels, and so is ε.",
        answer: { $0.with { $0.epsilon /= 0.3081 }.walk() }),
      .init(
        "ε multiplied by 0.3081",
        "ε was read as normalized units, which makes the box three times too "
          + "small. The images are in pixels, and so is ε.",
        answer: { $0.with { $0.epsilon *= 0.3081 }.walk() }),
      .init(
        "one step too few",
        "The walk made one step less than asked. `0..<steps` runs through "
          + "`steps` numbers, `1..<steps` through one less.",
        answer: { $0.with { $0.steps -= 1 }.walk() }),
    ]
  }

  static var invariants: [GradedTask<Climb, Tensor>.Invariant] {
    [
      .init(
        "left the box",
        "A pixel is further than ε from the original image. The box lies "
          + "around the original image, wherever the walk started.",
        violation: { climb, came in
          farthest(came, climb) { pixel, value in
            abs(value - pixel) > climb.epsilon + 1e-6
          } expected: {
            "within \(climb.epsilon) of \(Difference.words(Double($0)))"
          }
        }),
      .init(
        "left 0...1",
        "A pixel is darker than black or brighter than white. ε is not the "
          + "only limit.",
        violation: { climb, came in
          farthest(came, climb) { _, value in
            value < 0 || value > 1
          } expected: { _ in
            "a value in 0...1"
          }
        }),
      .init(
        "not uphill",
        "The loss is lower than after a single step of FGSM with the same ε. "
          + "Many small steps should find at least as bad a place: are they "
          + "made along the slope of the loss for the true labels?",
        violation: { climb, came in
          guard came.shape == climb.images.shape else { return nil }
          let least = climb.loss(
            of: FGSM(epsilon: .pixels(climb.epsilon)).perturb(
              climb.images, labels: climb.labels, against: climb.model))
          let loss = climb.loss(of: came)
          return loss >= least - 0.02
            ? nil
            : Difference(
              place: "the loss",
              expected: "at least \(Difference.words(least)), as after FGSM",
              came: Difference.words(loss))
        }),
    ]
  }

  private func loss(of images: Tensor) -> Double {
    model.evaluate(on: images, labels: labels).meanLoss
  }

  /// The first pixel that breaks a rule; a wrong shape is not judged here.
  private static func farthest(
    _ came: Tensor, _ climb: Climb,
    breaks: (_ pixel: Float, _ value: Float) -> Bool,
    expected: (_ pixel: Float) -> String
  ) -> Difference? {
    guard came.shape == climb.images.shape else { return nil }
    for (index, value) in came.scalars.enumerated() {
      let pixel = climb.images.scalars[index]
      guard breaks(pixel, value) else { continue }
      return Difference(
        place: "pixel \(index)", expected: expected(pixel),
        came: Difference.words(Double(value)))
    }
    return nil
  }
}
