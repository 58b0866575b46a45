import Shared

/// From a moved pixel, the original one and ε to a pixel inside the box.
public typealias PixelProjection =
  @Sendable (_ candidate: Float, _ pixel: Float, _ epsilon: Float) -> Float

extension Exercise where Function == PixelProjection {
  /// Exercise 6a: the way back into the box.
  public static func projectedPixel(_ own: Function) -> Self {
    Exercise(
      "6a", .intermediate, "PGD: back into the box",
      summary: "Return the value nearest to a candidate that is within ε of "
        + "the pixel and between black and white.",
      hints: [
        "Two rules hold at once. What is the lowest value that both allow, and "
          + "what is the highest?",
        "The lowest is the larger of pixel − ε and 0, the highest the smaller "
          + "of pixel + ε and 1.",
        "min(max(candidate, lowest), highest)",
      ],
      own: own, library: { projected($0, around: $1, $2) }, task: task
    ) { $0($1.candidate, $1.pixel, $1.epsilon) }
  }
}

private var questions: [GradedTask<Input, Float>.Question] {
  var generator = SeededGenerator(seed: 61)
  let random = (1...4).map { number in
    let pixel = generator.uniform()
    let epsilon = 0.05 + 0.3 * generator.uniform()
    return GradedTask<Input, Float>.Question(
      "random case \(number)",
      Input(
        candidate: pixel + generator.uniform(within: 2 * epsilon),
        pixel: pixel, epsilon: epsilon))
  }
  return [
    .init(
      "candidate 0.7 around the pixel 0.4 with ε = 0.1",
      Input(candidate: 0.7, pixel: 0.4, epsilon: 0.1)),
    .init(
      "candidate −0.8 around the pixel 0.1 with ε = 0.6",
      Input(candidate: -0.8, pixel: 0.1, epsilon: 0.6)),
    .init(
      "candidate 0.45 around the pixel 0.5 with ε = 0.1",
      Input(candidate: 0.45, pixel: 0.5, epsilon: 0.1)),
    .init(
      "candidate 1.2 around the pixel 0.95 with ε = 0.1",
      Input(candidate: 1.2, pixel: 0.95, epsilon: 0.1)),
  ] + random
}

/// What `projectedPixel` is asked.
private struct Input: Sendable {
  var candidate: Float
  var pixel: Float
  var epsilon: Float
}

private func clamped(_ value: Float, _ low: Float, _ high: Float) -> Float {
  min(max(value, low), high)
}

private let task = GradedTask<Input, Float>(
  questions: questions,
  difference: {
    Difference.between(Double($0), Double($1), at: "the result")
  },
  misconceptions: [
    .init(
      "no projection",
      "This keeps the value between black and white, but not near the "
        + "pixel. The attacker may move each pixel by ε and no further.",
      answer: { clamped($0.candidate, 0, 1) }),
    .init(
      "left 0...1",
      "This stays within ε of the pixel, but may be darker than black or "
        + "brighter than white. Nothing can be shown with such a pixel.",
      answer: {
        clamped($0.candidate, $0.pixel - $0.epsilon, $0.pixel + $0.epsilon)
      }),
    .init(
      "box around 0",
      "ε limits the change, not the value. The box lies around the "
        + "original pixel, not around 0.",
      answer: { clamped($0.candidate, -$0.epsilon, $0.epsilon) }),
    .init(
      "normalized range",
      "−0.4242 and 2.8215 are black and white after normalization. Here "
        + "pixels are not normalized yet: black is 0 and white is 1.",
      answer: {
        clamped(
          clamped(
            $0.candidate, $0.pixel - $0.epsilon, $0.pixel + $0.epsilon),
          -0.4242, 2.8215)
      }),
  ])
