import Shared

extension Exercise where Function == PGD.Ascent {
  /// Exercise 6b: the way uphill inside the box.
  public static func ascend(_ own: Function) -> Self {
    Exercise(
      "6b", .intermediate, "PGD: step after step",
      summary: "Walk uphill along the signs of the gradient, and go back into "
        + "the box after each step.",
      hints: [
        "After the first step you stand somewhere else. Does the gradient that "
          + "you asked for at the start still hold there?",
        "Each step: ask for the gradient where you stand, move every pixel by "
          + "stepSize along its sign, then go back into the box around the "
          + "original image.",
        "In a loop: let gradient = model.inputGradient(of: current, labels: "
          + "labels), then for each i: min(max(current + stepSize · sign, "
          + "max(pixel − ε, 0)), min(pixel + ε, 1)).",
      ],
      own: own, library: libraryAscent, task: task
    ) {
      $0(
        $1.start, $1.images, $1.labels, $1.model, $1.epsilon, $1.stepSize,
        $1.steps)
    }
  }
}

extension PGD {
  /// From start, images, labels, model, ε, step size and steps to new images.
  public typealias Ascent =
    @Sendable (
      _ start: Tensor, _ images: Tensor, _ labels: [Int], _ model: Sequential,
      _ epsilon: Epsilon, _ stepSize: Epsilon, _ steps: Int
    ) -> Tensor
}

/// PGD from a given start instead of a random one.
private func libraryAscent(
  from start: Tensor, images: Tensor, labels: [Int], model: Sequential,
  epsilon: Epsilon, stepSize: Epsilon, steps: Int
) -> Tensor {
  PGD(
    epsilon: epsilon, stepSize: stepSize, steps: steps,
    randomStart: { _, _, _ in start }
  ).perturb(images, labels: labels, against: model)
}

/// What `ascend` is asked.
struct AscendInput: Sendable {
  var start: Tensor
  var images: Tensor
  var labels: [Int]
  var model: Sequential
  var epsilon: Epsilon
  var stepSize: Epsilon
  var steps: Int

  /// Compares up to a few pixels: where a gradient is almost 0, rounding decides
  /// its sign, and two right answers may part.
  static func difference(_ expected: Tensor, _ actual: Tensor) -> Difference? {
    guard let found = Difference.between(expected, actual, at: "the result"),
      expected.shape == actual.shape
    else { return Difference.between(expected, actual, at: "the result") }
    let apart = zip(expected.scalars, actual.scalars).count {
      !(abs($0 - $1) <= 1e-4)
    }
    return apart * 50 <= expected.count ? nil : found
  }

  static var questions: [GradedTask<AscendInput, Tensor>.Question] {
    let straight = AscendInput(
      start: ExerciseSamples.pixels(0.55, 0.25),
      images: ExerciseSamples.pixels(0.6, 0.3), labels: [0],
      model: ExerciseSamples.twoPixelClassifier([1, -1]),
      epsilon: .pixels(0.05),
      stepSize: .pixels(0.06), steps: 2)
    let bent = AscendInput(
      start: ExerciseSamples.pixels(0.53, 0.22, 0.68, 0.63),
      images: ExerciseSamples.pixels(0.45, 0.3, 0.7, 0.6), labels: [0, 1],
      model: bentModel, epsilon: .pixels(0.1), stepSize: .pixels(0.04), steps: 3
    )
    let blind = AscendInput(
      start: ExerciseSamples.pixels(0.6, 0.3),
      images: ExerciseSamples.pixels(0.6, 0.3), labels: [0],
      model: ExerciseSamples.twoPixelClassifier([1, 0]), epsilon: .pixels(0.1),
      stepSize: .pixels(0.03), steps: 2)
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
        "the image (0.6, 0.3) of class 0, which scores x₁ alone against 0, so "
          + "the gradient of x₂ is 0; ε = 0.1, 2 steps of 0.03 from the image: "
          + "x₁ goes to 0.54, x₂ stays 0.3", blind),
      .init(
        "three random images of 8 × 8 pixels and a small network",
        random(
          seed: 62, epsilon: .pixels(0.15), stepSize: .pixels(0.04), steps: 10)),
      .init(
        "three more random images and another network",
        random(
          seed: 63, epsilon: .pixels(0.1), stepSize: .pixels(0.03), steps: 8)),
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
    seed: UInt64, epsilon: Epsilon, stepSize: Epsilon, steps: Int
  ) -> AscendInput {
    let model = ExerciseSamples.network(seed: seed)
    let images = ExerciseSamples.images(3, seed: seed + 100)
    return AscendInput(
      start: uniformNoise(around: images, epsilon, seed: seed),
      images: images, labels: [0, 1, 2], model: model, epsilon: epsilon,
      stepSize: stepSize, steps: steps)
  }
}

private let task = GradedTask<AscendInput, Tensor>(
  questions: AscendInput.questions,
  difference: { AscendInput.difference($0, $1) },
  misconceptions: AscendInput.misconceptions,
  invariants: AscendInput.invariants)
