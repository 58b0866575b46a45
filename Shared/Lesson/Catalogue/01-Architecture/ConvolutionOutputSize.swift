import Shared

/// How many places a window has.
public typealias OutputSizeRule =
  @Sendable (_ inputSize: Int, _ kernelSize: Int, _ padding: Int) -> Int

extension Exercise where Function == OutputSizeRule {
  /// Warm-up of chapter 1: how large the output of a convolution is.
  public static func convolutionOutputSize(_ own: Function) -> Self {
    Exercise(
      "W1", .warmUp, "how large is the output?",
      summary: "Return at how many places a window can stand on a padded row "
        + "of pixels.",
      hints: [
        "A window of 3 on a row of 5 without padding: at how many places can "
          + "it stand? Draw them.",
        "Padding widens the row on both sides. On a row of n, the window's "
          + "left edge goes from 0 to n − k: how many places is that?",
        "The padded row is `inputSize + 2 * padding` wide; subtract the kernel "
          + "and add the one place at which it starts.",
      ],
      own: own, library: libraryOutputSize, task: task
    ) { $0($1.input, $1.kernel, $1.padding) }
  }
}

private func libraryOutputSize(
  inputSize: Int, kernelSize: Int, padding: Int
) -> Int {
  let convolution = Conv2D(
    weight: Tensor(shape: [1, 1, kernelSize, kernelSize]), bias: Tensor([0]),
    padding: padding)
  return convolution.outputShape(for: [inputSize, inputSize, 1])[0]
}

private struct Input: Sendable {
  var input: Int
  var kernel: Int
  var padding: Int
}

private func question(_ input: Int, _ kernel: Int, _ padding: Int)
  -> GradedTask<Input, Int>.Question
{
  .init(
    "input \(input), kernel \(kernel), padding \(padding)",
    Input(input: input, kernel: kernel, padding: padding))
}

private let task = GradedTask<Input, Int>(
  questions: [
    question(9, 3, 1), question(28, 5, 2), question(5, 3, 0),
    question(7, 4, 1), question(28, 7, 0), question(10, 2, 3),
    question(9, 9, 0),
  ],
  difference: { Difference.between(exactly: $0, $1, at: "the size") },
  misconceptions: [
    .init(
      "one place too few",
      "From 0 to n − k are n − k + 1 places: the first one counts, too."
    ) { $0.input + 2 * $0.padding - $0.kernel },
    .init(
      "padding on one side only",
      "Padding adds pixels on the left and on the right, so it counts twice."
    ) { $0.input + $0.padding - $0.kernel + 1 },
    .init(
      "padding forgotten",
      "The window also stands where it hangs over the edge: padding widens "
        + "the row before the window moves over it."
    ) { $0.input - $0.kernel + 1 },
    .init(
      "always the size of the input",
      "That holds only where 2 · padding = kernel − 1."
    ) { $0.input },
    .init(
      "padding subtracted",
      "Padding makes the row wider, not narrower."
    ) { $0.input - 2 * $0.padding - $0.kernel + 1 },
  ])
