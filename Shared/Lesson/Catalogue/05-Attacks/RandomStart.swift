import Shared

extension Exercise where Function == PGD.RandomStart {
  /// Exercise 6c: a random point of the box.
  public static func randomStart(_ own: Function) -> Self {
    Exercise(
      "6c", .intermediate, "PGD: a random start",
      summary: "Move every pixel by a random number of its own within ±ε, and "
        + "keep it between black and white.",
      hints: [
        "Which numbers may be added to a pixel, and should small ones be as "
          + "likely as large ones?",
        "Make one generator from the seed. Ask it anew for every pixel, then "
          + "put what leaves 0...1 back.",
        "The generator is a `var`, made before the first pixel, for asking "
          + "changes it. `images.map` visits every pixel, `uniform(within:)` "
          + "gives the number to add, and `min` and `max` lead back.",
      ],
      own: own, library: uniformNoise, task: task
    ) { draw, question in
      RandomStarts(
        first: draw(question.images, question.epsilon, question.seeds.0),
        again: draw(question.images, question.epsilon, question.seeds.0),
        other: draw(question.images, question.epsilon, question.seeds.1))
    }
  }
}

/// Three starts: two with the same seed, one with another.
struct RandomStarts {
  var first: Tensor
  var again: Tensor
  var other: Tensor
}

/// What `randomStart` is asked.
struct RandomStartInput: Sendable {
  var images: Tensor
  var epsilon: Epsilon
  var seeds: (UInt64, UInt64)

  static var questions: [GradedTask<RandomStartInput, RandomStarts>.Question] {
    [
      .init(
        "four gray images of 20 × 20 pixels, all 0.5, with ε = 0.1: every "
          + "pixel lands somewhere in 0.4...0.6",
        RandomStartInput(
          images: Tensor(shape: [4, 20, 20, 1], repeating: 0.5),
          epsilon: .pixels(0.1),
          seeds: (1, 2))),
      .init(
        "six random images with black and white pixels, ε = 0.2",
        RandomStartInput(
          images: ExerciseSamples.images(6, seed: 64), epsilon: .pixels(0.2),
          seeds: (11, 13))),
      .init(
        "six more, ε = 0.05",
        RandomStartInput(
          images: ExerciseSamples.images(6, seed: 65), epsilon: .pixels(0.05),
          seeds: (9, 9 + 1 << 40))),
    ]
  }
}

private let task = GradedTask<RandomStartInput, RandomStarts>(
  questions: RandomStartInput.questions,
  invariants: RandomStartInput.invariants)
