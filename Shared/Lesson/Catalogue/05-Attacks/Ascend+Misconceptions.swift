import Shared

extension AscendInput {
  typealias Misconception = GradedTask<AscendInput, Tensor>.Misconception

  static var misconceptions: [Misconception] {
    misconceptionsOfDirection + misconceptionsOfTheBox + misconceptionsOfSize
  }

  private static var misconceptionsOfDirection: [Misconception] {
    [
      .init(
        "wrong sign",
        "This walks downhill: the loss falls, and the model gets surer of the "
          + "right answer. The attacker adds the sign of the slope.",
        answer: { FlawedAscent(direction: { -sign($0) })($0) }),
      .init(
        "slope of the original",
        "Every slope was taken at the original image. What counts is the slope "
          + "where the walk stands now: that is what many steps are for.",
        answer: { FlawedAscent(place: .original)($0) }),
      .init(
        "slope taken once",
        "The slope was taken at the start and used for all steps. After a step "
          + "it may point elsewhere, so ask for it again.",
        answer: { FlawedAscent(place: .start)($0) }),
      .init(
        "slope instead of its sign",
        "The slope itself was added. Slopes are small and uneven; its sign "
          + "moves every pixel by the full step.",
        answer: { FlawedAscent(direction: { $0 })($0) }),
      .init(
        "moved where the gradient is 0",
        "A gradient of exactly 0 has no direction: leave that pixel where it "
          + "is. It is common, too: a ReLU that is off lets nothing through.",
        answer: { FlawedAscent(direction: { $0 < 0 ? -1 : 1 })($0) }),
      .init(
        "answers instead of labels",
        "The loss was that of the model's own answers. Where the model is "
          + "wrong, this walks away from the wrong answer; ask for the slope "
          + "with the labels.",
        answer: {
          FlawedAscent()($0) {
            $0.labels = predictions($0.model.logits(of: $0.images))
          }
        }),
      .init(
        "start ignored",
        "The walk began at the images. It begins at `start`; the images are "
          + "only the middle of the box.",
        answer: { FlawedAscent()($0) { $0.start = $0.images } }),
    ]
  }

  private static var misconceptionsOfTheBox: [Misconception] {
    [
      .init(
        "no projection",
        "Nothing brings the pixels back after a step that leaves the box. In "
          + "the end each may be steps · stepSize away.",
        answer: { FlawedAscent(back: { moved, _, _, _ in moved })($0) }),
      .init(
        "projected only at the end",
        "The pixels went back into the box once, after the last step. Every step "
          + "has to end inside: outside, the gradient is that of an image which "
          + "is not allowed.",
        answer: { question in
          projected(
            FlawedAscent(back: { moved, _, _, _ in moved })(question),
            around: question.images, question.epsilon)
        }),
      .init(
        "box drifts",
        "The box was laid around the last point, so it moves along with the "
          + "walk. It lies around the original image and stays there.",
        answer: {
          FlawedAscent(back: { moved, last, _, epsilon in
            projected(moved, around: last, epsilon)
          })($0)
        }),
      .init(
        "projected too early",
        "The way back into the box came before the step, so the last step is "
          + "never put back. Step first, then project.",
        answer: { question in
          var early = question
          early.steps = 1
          for _ in 0..<question.steps {
            early.start = projected(
              early.start, around: early.images, early.epsilon)
            early.start = FlawedAscent(back: { moved, _, _, _ in moved })(early)
          }
          return early.start
        }),
    ]
  }

  private static var misconceptionsOfSize: [Misconception] {
    [
      .init(
        "ε as step size",
        "Each step moved by ε. A step moves by stepSize; ε is the size of the "
          + "box.",
        answer: { FlawedAscent()($0) { $0.stepSize = $0.epsilon } }),
      .init(
        "ε divided by \(Normalize.mnist.standardDeviation)",
        "ε was turned into normalized units, which makes the box three times "
          + "too large. The images are in pixels, and so is ε.",
        answer: {
          FlawedAscent()($0) {
            $0.epsilon = .pixels(
              $0.epsilon.pixels / Normalize.mnist.standardDeviation)
          }
        }),
      .init(
        "ε multiplied by \(Normalize.mnist.standardDeviation)",
        "ε was read as normalized units, which makes the box three times too "
          + "small. The images are in pixels, and so is ε.",
        answer: {
          FlawedAscent()($0) {
            $0.epsilon = .pixels(
              $0.epsilon.pixels * Normalize.mnist.standardDeviation)
          }
        }),
      .init(
        "one step too many",
        "`0...steps` runs through one number more than `0..<steps`.",
        answer: { FlawedAscent()($0) { $0.steps += 1 } }),
      .init(
        "one step too few",
        "The walk made one step less than asked. `0..<steps` runs through "
          + "`steps` numbers, `1..<steps` through one less.",
        answer: { FlawedAscent()($0) { $0.steps -= 1 } }),
    ]
  }

  static var invariants: [GradedTask<AscendInput, Tensor>.Invariant] {
    [
      .init(
        "not a number",
        "A pixel is NaN, as after 0 / 0. Where the gradient is 0, it cannot be "
          + "divided by its own size: compare it with 0.",
        violation: { question, actual in
          farthest(actual, question) { _, value in
            value.isNaN
          } expected: { _ in
            "a number"
          }
        }),
      .init(
        "left the box",
        "A pixel is further than ε from the original image. The box lies "
          + "around the original image, wherever the walk started.",
        violation: { question, actual in
          farthest(actual, question) { pixel, value in
            abs(value - pixel) > question.epsilon.pixels + 1e-6
          } expected: {
            "within \(question.epsilon.pixels) of \(Difference.words(Double($0)))"
          }
        }),
      .init(
        "left 0...1",
        "A pixel is darker than black or brighter than white. ε is not the "
          + "only limit.",
        violation: { question, actual in
          farthest(actual, question) { _, value in
            value < 0 || value > 1
          } expected: { _ in
            "a value in 0...1"
          }
        }),
    ]
  }

  /// The first pixel that breaks a rule; a wrong shape is not judged here.
  private static func farthest(
    _ actual: Tensor, _ question: AscendInput,
    breaks: (_ pixel: Float, _ value: Float) -> Bool,
    expected: (_ pixel: Float) -> String
  ) -> Difference? {
    guard actual.shape == question.images.shape else { return nil }
    for (index, value) in actual.scalars.enumerated() {
      let pixel = question.images.scalars[index]
      guard breaks(pixel, value) else { continue }
      return Difference(
        place: "pixel \(index)", expected: expected(pixel),
        actual: Difference.words(Double(value)))
    }
    return nil
  }
}
