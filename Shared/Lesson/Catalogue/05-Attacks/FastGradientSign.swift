import Shared

/// From images `[N, H, W, C]`, ∂loss/∂images and ε in pixels to changed images.
public typealias FastGradientSign =
  @Sendable (_ image: Tensor, _ gradient: Tensor, _ epsilon: Float) -> Tensor

extension Exercise where Function == FastGradientSign {
  /// Warm-up of chapter 5: the attack that takes one step.
  public static func fgsm(_ own: Function) -> Self {
    Exercise(
      "W5", .warmUp, "FGSM in one line",
      summary: "Move every pixel by ε along the sign of its gradient, and keep "
        + "it between black and white.",
      hints: [
        "One pixel has a slope of 0.001, another of 5. By how much may each "
          + "move, and which way does the loss grow?",
        "Make a number of each slope: 1 if it is above 0, −1 if it is below 0, "
          + "else 0. Only then multiply by ε.",
        "Inside `combined`: `min(max(pixel + epsilon * direction, 0), 1)`, "
          + "where direction is `slope > 0 ? 1 : slope < 0 ? -1 : 0`.",
      ],
      own: own, library: libraryStep, task: task
    ) { $0($1.image, $1.gradient, $1.epsilon) }
  }
}

private func libraryStep(image: Tensor, gradient: Tensor, epsilon: Float)
  -> Tensor
{
  image.combined(with: gradient) { pixel, slope in
    projected(pixel + epsilon * sign(slope), around: pixel, epsilon)
  }
}

private struct Input: Sendable {
  var image: Tensor
  var gradient: Tensor
  var epsilon: Float

  /// Images of 8 × 8 pixels; a fifth of the slopes are exactly 0.
  static func random(_ count: Int, epsilon: Float, seed: UInt64) -> Input {
    // With the seed of the images, bright pixels would have large slopes.
    var generator = SeededGenerator(seed: seed + 100)
    let image = ExerciseSamples.images(count, seed: seed)
    return Input(
      image: image,
      gradient: image.map { _ in
        let slope = generator.uniform(within: 2)
        return abs(slope) < 0.4 ? 0 : slope
      }, epsilon: epsilon)
  }

  /// Every pixel changed by a rule for its slope, and brought back.
  func changed(
    into range: ClosedRange<Float> = 0...1,
    by rule: (_ slope: Float, _ pixel: Float) -> Float
  ) -> Tensor {
    image.combined(with: gradient) { pixel, slope in
      let moved = pixel + epsilon * rule(slope, pixel)
      return min(max(moved, range.lowerBound), range.upperBound)
    }
  }
}

private let task = GradedTask<Input, Tensor>(
  questions: [
    .init(
      "ε = 0.1, the pixels 0.5, 0.95, 0.05, 0.7 and the slopes 0.02, 3, −0.4, "
        + "0; the result is 0.6, 1, 0, 0.7",
      Input(
        image: Tensor(shape: [1, 2, 2, 1], scalars: [0.5, 0.95, 0.05, 0.7]),
        gradient: Tensor(shape: [1, 2, 2, 1], scalars: [0.02, 3, -0.4, 0]),
        epsilon: 0.1)),
    .init(
      "two images of 8 × 8 pixels with ε = 0.1",
      .random(2, epsilon: 0.1, seed: 1)),
    .init(
      "three images of 8 × 8 pixels with ε = 0.3",
      .random(3, epsilon: 0.3, seed: 2)),
    .init(
      "ε = 0.2, the pixels 0.5, 0.5, 0.5 and the slopes 1e-9, −1e-30, 1000; a "
        + "slope counts, however small",
      Input(
        image: Tensor(shape: [1, 1, 3, 1], scalars: [0.5, 0.5, 0.5]),
        gradient: Tensor(shape: [1, 1, 3, 1], scalars: [1e-9, -1e-30, 1000]),
        epsilon: 0.2)),
  ],
  difference: { Difference.between($0, $1, at: "the images") },
  misconceptions: [
    .init(
      "downhill",
      "This makes the loss smaller, as training does with the weights. The "
        + "attacker goes where it grows: plus, not minus."
    ) { $0.changed { slope, _ in -sign(slope) } },
    .init(
      "the gradient instead of its sign",
      "Each pixel may move by ε, however small its slope. The gradient itself "
        + "may move it far less than that, or further than allowed."
    ) { $0.changed { slope, _ in slope } },
    .init(
      "the gradient cut off at ±ε",
      "That keeps the change within ε, but moves a pixel with a small slope "
        + "less than it may. The sign sends each all the way."
    ) { input in
      input.changed { slope, _ in
        min(max(slope / input.epsilon, -1), 1)
      }
    },
    .init(
      "left 0...1",
      "A pixel cannot be darker than black or brighter than white: bring back "
        + "what left 0...1."
    ) { $0.changed(into: -10...10) { slope, _ in sign(slope) } },
    .init(
      "brought back to −1...1",
      "Pixels lie in 0...1: black is 0, not −1."
    ) { $0.changed(into: -1...1) { slope, _ in sign(slope) } },
    .init(
      "brought back to ±ε",
      "ε limits the change, not the value: bring the pixel back to 0...1."
    ) { input in
      input.changed(into: -input.epsilon...input.epsilon) { slope, _ in
        sign(slope)
      }
    },
    .init(
      "the change alone",
      "ε times the sign is what comes on top of the image: add it to the pixel."
    ) { input in input.gradient.map { input.epsilon * sign($0) } },
    .init(
      "in proportion to the pixel",
      "The threat model allows every pixel the same ε, whether it is black or "
        + "white."
    ) { $0.changed { slope, pixel in pixel * sign(slope) } },
    .init(
      "a slope of 0 counted as positive",
      "Where the slope is exactly 0 there is no direction, so the pixel stays. "
        + "Swift's `.sign` and `>= 0` call such a slope positive."
    ) { $0.changed { slope, _ in slope >= 0 ? 1 : -1 } },
    .init(
      "a slope of 0 counted as negative",
      "Where the slope is exactly 0 there is no direction, so the pixel stays: "
        + "ask for above 0, for below 0, and leave the rest alone."
    ) { $0.changed { slope, _ in slope > 0 ? 1 : -1 } },
  ])
