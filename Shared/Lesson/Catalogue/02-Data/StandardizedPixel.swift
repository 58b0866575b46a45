import Shared

/// From a byte to what the network sees.
public typealias PixelStandardization =
  @Sendable (_ byte: UInt8, _ mean: Float, _ standardDeviation: Float) -> Float

extension Exercise where Function == PixelStandardization {
  /// Warm-up of chapter 2: a byte as the network sees it.
  public static func standardizedPixel(_ own: Function) -> Self {
    Exercise(
      "W2", .warmUp, "from a byte to what the network sees",
      summary: "Turn a byte into a pixel in 0...1, subtract the mean, divide "
        + "by the standard deviation.",
      hints: [
        "What is 51 / 255 if both are whole numbers, and what should it be?",
        "Two steps, each a line: first the pixel in 0...1, then the shift and "
          + "the scale of that pixel.",
        "`Float(byte) / 255` is the pixel; subtract the mean from it and divide "
          + "the difference, not the mean alone, by the standard deviation.",
      ],
      own: own, library: libraryStandardized, task: task
    ) { $0($1.byte, $1.mean, $1.standardDeviation) }
  }
}

private func libraryStandardized(
  byte: UInt8, mean: Float, standardDeviation: Float
) -> Float {
  Normalize(mean: mean, standardDeviation: standardDeviation)(
    Tensor([Float(byte) / 255])
  ).scalars[0]
}

private struct Input: Sendable {
  var byte: UInt8
  var mean: Float
  var standardDeviation: Float

  var value: Float { Float(byte) / 255 }
}

private let task = GradedTask<Input, Float>(
  questions: [
    .init(
      "byte 204, mean 0.3, standard deviation 0.25; (0.8 − 0.3) / 0.25 = 2",
      Input(byte: 204, mean: 0.3, standardDeviation: 0.25)),
    .init(
      "byte 51, mean 0.5, standard deviation 0.4; (0.2 − 0.5) / 0.4 = −0.75",
      Input(byte: 51, mean: 0.5, standardDeviation: 0.4)),
    .init(
      "byte 0 with the statistics of MNIST, \(Normalize.mnist.mean) and "
        + "\(Normalize.mnist.standardDeviation)",
      Input(
        byte: 0, mean: Normalize.mnist.mean,
        standardDeviation: Normalize.mnist.standardDeviation)),
    .init(
      "byte 130 with the statistics of MNIST, \(Normalize.mnist.mean) and "
        + "\(Normalize.mnist.standardDeviation)",
      Input(
        byte: 130, mean: Normalize.mnist.mean,
        standardDeviation: Normalize.mnist.standardDeviation)),
  ],
  difference: {
    Difference.between(Double($0), Double($1), at: "the number")
  },
  misconceptions: [
    .init(
      "not divided by 255",
      "The mean and the standard deviation are those of pixels in 0...1, so the "
        + "byte has to be brought to 0...1 first."
    ) { (Float($0.byte) - $0.mean) / $0.standardDeviation },
    .init(
      "mean not subtracted",
      "The network expects numbers around 0: take the mean away before you "
        + "divide."
    ) { $0.value / $0.standardDeviation },
    .init(
      "multiplied by the standard deviation",
      "The result should have standard deviation 1; numbers spread by 0.3 get "
        + "there by division."
    ) { ($0.value - $0.mean) * $0.standardDeviation },
    .init(
      "divided by the variance",
      "The variance is the square of the standard deviation, and has the square "
        + "of its unit."
    ) {
      ($0.value - $0.mean) / ($0.standardDeviation * $0.standardDeviation)
    },
    .init(
      "only the mean divided",
      "Division comes before subtraction unless there are parentheses."
    ) { $0.value - $0.mean / $0.standardDeviation },
    .init(
      "whole-number division",
      "`byte / 255` of two whole numbers is 0 for every byte but 255. Make the "
        + "byte a `Float` first."
    ) { (Float($0.byte / 255) - $0.mean) / $0.standardDeviation },
  ])
