import Shared

/// The share of numbers that are exactly 0.
public typealias ZeroShare =
  @Sendable (_ activations: Tensor) -> Double

extension Exercise where Function == ZeroShare {
  /// Warm-up of chapter 4: how silent a layer is.
  public static func zeroShare(_ own: Function) -> Self {
    Exercise(
      "W4a", .warmUp, "how silent a layer is",
      summary: "Return the share of all numbers in a layer's output that are "
        + "exactly 0.",
      hints: [
        "Which numbers does a ReLU put out for what it has rejected: small "
          + "ones, or exactly one number?",
        "Count what equals 0 in `activations.scalars`; then make a share of "
          + "it. What is 1 / 2 if both are `Int`?",
        "`Double(zeros) / Double(activations.count)`, where zeros is "
          + "`activations.scalars.count { $0 == 0 }`.",
      ],
      own: own, library: { share($0) { $0 == 0 } }, task: task
    ) { $0($1) }
  }
}

private func share(_ tensor: Tensor, where counts: (Float) -> Bool) -> Double {
  Double(tensor.scalars.count(where: counts)) / Double(tensor.count)
}

private func random(_ seed: UInt64) -> Tensor {
  var generator = SeededGenerator(seed: seed)
  return Tensor(shape: [2, 5, 5, 3]).map { _ in
    let number = generator.uniform(within: 1)
    return abs(number) < 0.4 ? 0 : number
  }
}

private let task = GradedTask<Tensor, Double>(
  questions: [
    .init(
      "the eight numbers 0, 0, 3, −1, 2, 4, 1, 5; two of them are 0, so 0.25",
      Tensor([0, 0, 3, -1, 2, 4, 1, 5])),
    .init("two images of 5 × 5 × 3 numbers", random(1)),
    .init("another two", random(2)),
    .init("three numbers, one of them 0", Tensor([2, 0, 5])),
    .init("four numbers, none of them 0", Tensor([1, 2, 3, 4])),
    .init(
      "0, 1e-9, −1e-9 and 1e-30, of which only the first is exactly 0",
      Tensor([0, 1e-9, -1e-9, 1e-30])),
  ],
  difference: { Difference.between($0, $1, at: "the share") },
  misconceptions: [
    .init(
      "counted what is not zero",
      "That is the share that speaks up; asked for is the share that is silent."
    ) { share($0) { $0 != 0 } },
    .init(
      "negative numbers counted too",
      "A negative number is not zero. After a ReLU there are none, but other "
        + "layers have them."
    ) { share($0) { $0 <= 0 } },
    .init(
      "almost zero counted too",
      "A ReLU puts out exactly 0 for what it has rejected; a small number is "
        + "something it has let through."
    ) { share($0) { abs($0) < 1e-6 } },
    .init(
      "per cent instead of a share",
      "A share lies in 0...1; per cent are made where it is printed."
    ) { 100 * share($0) { $0 == 0 } },
    .init(
      "a count instead of a share",
      "That is how many there are. Divide by the number of all scalars."
    ) { Double($0.scalars.count { $0 == 0 }) },
    .init(
      "divided by the number of images",
      "Divide by the number of scalars, `activations.count`, not by the first "
        + "entry of the shape."
    ) { Double($0.scalars.count { $0 == 0 }) / Double($0.shape[0]) },
    .init(
      "whole-number division",
      "Two `Int` give an `Int`, and that is 0 for every share below 1. Make "
        + "both a `Double` first."
    ) { Double($0.scalars.count { $0 == 0 } / $0.count) },
  ])
