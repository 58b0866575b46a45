import Shared

/// From ∂loss/∂output and the input of a ReLU to ∂loss/∂input.
public typealias RectifierGradient =
  @Sendable (_ outputGradient: Tensor, _ input: Tensor) -> Tensor

extension Exercise where Function == RectifierGradient {
  /// Warm-up of chapter 3: the way of a gradient through a ReLU.
  public static func rectifierGradient(_ own: Function) -> Self {
    Exercise(
      "W3b", .warmUp, "ReLU, backward",
      summary: "Let the gradient pass where the ReLU's input was above 0, and "
        + "stop it elsewhere.",
      hints: [
        "If a ReLU's input is −1 and grows by a tiny bit, how much does its "
          + "output grow? And if the input is 3?",
        "Ask the input, number by number. The gradient is what passes or does "
          + "not; its own sign plays no part.",
        "`outputGradient.combined(with: input) { slope, number in number > 0 ? "
          + "slope : 0 }`",
      ],
      own: own, library: { ReLU().inputGradient($0, cache: $1) }, task: task
    ) { $0($1.outputGradient, $1.input) }
  }
}

private struct Input: Sendable {
  var outputGradient: Tensor
  var input: Tensor

  /// A third of the inputs are exactly 0.
  static func random(_ shape: [Int], seed: UInt64) -> Input {
    var generator = SeededGenerator(seed: seed)
    func numbers() -> Tensor {
      Tensor(shape: shape).map { _ in generator.uniform(within: 3) }
    }
    return Input(
      outputGradient: numbers(), input: numbers().map { abs($0) < 1 ? 0 : $0 })
  }

  /// Another rule for each number, which gets its slope and the input.
  func by(_ rule: (_ slope: Float, _ number: Float) -> Float) -> Tensor {
    outputGradient.combined(with: input, rule)
  }
}

private let task = GradedTask<Input, Tensor>(
  questions: [
    .init(
      "the input 2, −1, 0, 3 and the output gradient 0.5, 4, −7, −2; the first "
        + "and the last pass, so 0.5, 0, 0, −2",
      Input(
        outputGradient: Tensor(shape: [1, 4], scalars: [0.5, 4, -7, -2]),
        input: Tensor(shape: [1, 4], scalars: [2, -1, 0, 3]))),
    .init("two images of 3 × 3 × 2 numbers", .random([2, 3, 3, 2], seed: 1)),
    .init("four rows of five numbers", .random([4, 5], seed: 2)),
    .init(
      "the input 1e-9, −1e-9, 1e-30, 7 and the output gradient 1, 2, 3, 4; "
        + "above 0 is above 0, however small",
      Input(
        outputGradient: Tensor([1, 2, 3, 4]),
        input: Tensor([1e-9, -1e-9, 1e-30, 7]))),
  ],
  difference: { Difference.between($0, $1, at: "gradient") },
  misconceptions: [
    .init(
      "the gradient rectified",
      "Whether a slope passes depends on the input, not on the slope: negative "
        + "slopes pass where the input was above 0."
    ) { $0.by { slope, _ in max(slope, 0) } },
    .init(
      "everything passes",
      "Where the input was negative, the output stays 0 if the input changes "
        + "a little: the slope there is 0."
    ) { $0.outputGradient },
    .init(
      "passes at 0",
      "At exactly 0 there is a corner, and any slope from 0 to 1 could be "
        + "chosen. PyTorch and this library choose 0: ask for > 0, not ≥ 0."
    ) { $0.by { slope, number in number >= 0 ? slope : 0 } },
    .init(
      "the wrong way round",
      "These are the slopes of the numbers that were cut off."
    ) { $0.by { slope, number in number > 0 ? 0 : slope } },
    .init(
      "the slope of the ReLU alone",
      "1 or 0 is how the output depends on the input. The chain rule "
        + "multiplies it by how the loss depends on the output."
    ) { $0.by { _, number in number > 0 ? 1 : 0 } },
    .init(
      "multiplied by the input",
      "Above 0 the output grows as fast as the input, however large that is: "
        + "the factor is 1."
    ) { $0.by { slope, number in slope * number } },
    .init(
      "multiplied by the output",
      "Above 0 the output grows as fast as the input, however large it is: the "
        + "factor is 1, not the output."
    ) { $0.by { slope, number in slope * max(number, 0) } },
    .init(
      "only positive slopes pass",
      "A negative slope says that the loss falls as the number grows, and it "
        + "passes like any other. Rectifying both is *guided backpropagation* "
        + "(Springenberg et al. 2014, arXiv:1412.6806), which makes pictures, "
        + "not gradients."
    ) { $0.by { slope, number in number > 0 ? max(slope, 0) : 0 } },
    .init(
      "forward instead of backward",
      "This is what the ReLU puts out. Asked for is how the loss depends on "
        + "what went in."
    ) { $0.by { _, number in max(number, 0) } },
  ])
