extension Exercise {
  /// Exercise 6b: the walk uphill inside the box.
  public static func ascend(
    _ attempt:
      @escaping @Sendable (
        Tensor, Tensor, [Int], Sequential, Float, Float, Int
      ) throws -> Tensor
  ) -> Exercise {
    Exercise(
      "6b", "PGD: step after step",
      hints: [
        "After the first step you stand somewhere else. Does the slope that "
          + "you asked for at the start still hold there?",
        "Each step: ask for the slope where you stand, move every pixel by "
          + "stepSize along its sign, then go back into the box around the "
          + "original image.",
        "In a loop: let slope = model.inputGradient(of: current, labels: "
          + "labels), then for each i: min(max(current + stepSize · sign, "
          + "max(pixel − ε, 0)), min(pixel + ε, 1)).",
      ],
      task: GradedTask(
        questions: Climb.questions,
        reference: { $0.walk() },
        difference: { Climb.difference($0, $1) },
        misconceptions: Climb.misconceptions,
        invariants: Climb.invariants)
    ) {
      try attempt(
        $0.start, $0.images, $0.labels, $0.model, $0.epsilon, $0.stepSize,
        $0.steps)
    }
  }
}

/// What `ascend` is asked, and ways to walk, right and wrong.
struct Climb: Sendable {
  var start: Tensor
  var images: Tensor
  var labels: [Int]
  var model: Sequential
  var epsilon: Float
  var stepSize: Float
  var steps: Int

  /// Where a slope is asked for.
  enum Place { case current, start, original }

  /// Walks uphill.
  ///
  /// - Parameters:
  ///   - place: Where each slope is taken.
  ///   - direction: What becomes of a slope before it is scaled.
  ///   - back: From candidate, last point, original pixel and ε to the next.
  /// - Returns: The end of the walk, in the shape of the images.
  func walk(
    slopeAt place: Place = .current,
    direction: (Float) -> Float = sign,
    back: (Float, Float, Float, Float) -> Float = {
      projected($0, around: $2, $3)
    }
  ) -> Tensor {
    var current = start
    for _ in 0..<steps {
      let point =
        switch place {
        case .current: current
        case .start: start
        case .original: images
        }
      let slope = model.inputGradient(of: point, labels: labels)
      for i in 0..<current.count {
        let last = current.scalars[i]
        current.scalars[i] = back(
          last + stepSize * direction(slope.scalars[i]), last,
          images.scalars[i], epsilon)
      }
    }
    return current
  }

  /// The same question with one thing changed.
  func with(_ change: (inout Climb) -> Void) -> Climb {
    var copy = self
    change(&copy)
    return copy
  }

  /// Compares up to a few pixels: where a slope is almost 0, rounding decides
  /// its sign, and two right walks may part.
  static func difference(_ expected: Tensor, _ came: Tensor) -> Difference? {
    guard let found = Difference.between(expected, came, at: "the result"),
      expected.shape == came.shape
    else { return Difference.between(expected, came, at: "the result") }
    let apart = zip(expected.scalars, came.scalars).count {
      !(abs($0 - $1) <= 1e-4)
    }
    return apart * 50 <= expected.count ? nil : found
  }

  static var questions: [GradedTask<Climb, Tensor>.Question] {
    let straight = Climb(
      start: ExerciseSamples.pixels(0.55, 0.25),
      images: ExerciseSamples.pixels(0.6, 0.3), labels: [0],
      model: ExerciseSamples.twoPixelClassifier([1, -1]), epsilon: 0.05,
      stepSize: 0.06, steps: 2)
    let bent = Climb(
      start: ExerciseSamples.pixels(0.53, 0.22, 0.68, 0.63),
      images: ExerciseSamples.pixels(0.45, 0.3, 0.7, 0.6), labels: [0, 1],
      model: bentModel, epsilon: 0.1, stepSize: 0.04, steps: 3)
    return [
      .init(
        "the image (0.6, 0.3) of class 0, which scores x₁ − x₂ against 0; "
          + "ε = 0.05, 2 steps of 0.06 from (0.55, 0.25): x₁ stays at 0.55, "
          + "x₂ goes to 0.31 and then to 0.35", straight),
      .init(
        "the images (0.45, 0.3) of class 0 and (0.7, 0.6) of class 1; the "
          + "score of class 0 falls with x₁ up to 0.5 and rises from there; "
          + "ε = 0.1, 3 steps of 0.04 from (0.53, 0.22) and (0.68, 0.63): the "
          + "first x₁ goes to 0.49, 0.53, 0.49, its x₂ to 0.26, 0.30, 0.34",
        bent),
      .init(
        "three random images of 8 × 8 pixels and a small network",
        random(seed: 62, epsilon: 0.15, stepSize: 0.04, steps: 10)),
      .init(
        "three more random images and another network",
        random(seed: 63, epsilon: 0.1, stepSize: 0.03, steps: 8)),
    ]
  }

  /// Class 0 scores −x₁ + 3·max(0, x₁ − 0.5) − x₂, class 1 scores 0.
  private static var bentModel: Sequential {
    [
      "flatten": Flatten(),
      "parts": Linear(
        weight: Tensor(shape: [3, 2], scalars: [1, 0, 1, 0, 0, 1]),
        bias: Tensor([0, -0.5, 0])),
      "relu": ReLU(),
      "scores": Linear(
        weight: Tensor(shape: [2, 3], scalars: [-1, 3, -1, 0, 0, 0]),
        bias: Tensor([0, 0])),
    ]
  }

  private static func random(
    seed: UInt64, epsilon: Float, stepSize: Float, steps: Int
  ) -> Climb {
    let model = ExerciseSamples.network(seed: seed)
    let images = ExerciseSamples.images(3, seed: seed + 100)
    return Climb(
      start: uniformNoise(around: images, .pixels(epsilon), seed: seed),
      images: images, labels: [0, 1, 2], model: model, epsilon: epsilon,
      stepSize: stepSize, steps: steps)
  }
}
