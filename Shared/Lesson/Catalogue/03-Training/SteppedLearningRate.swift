import Foundation
import Shared

/// The learning rate of an epoch, counted from 1.
public typealias LearningRateSchedule =
  @Sendable (_ initial: Float, _ decay: Float, _ stepEpochs: Int, _ epoch: Int)
  -> Float

extension Exercise where Function == LearningRateSchedule {
  /// Exercise 1: a learning rate that falls in steps.
  public static func steppedLearningRate(_ own: Function) -> Self {
    Exercise(
      "1", .beginner, "a learning rate that falls in steps",
      summary: "Return the learning rate of an epoch: multiplied by `decay` "
        + "after every `stepEpochs` epochs.",
      hints: [
        "With `every: 2`, how often has the rate fallen before epoch 1, 2, 3, "
          + "4 and 5 begin?",
        "0, 0, 1, 1, 2: a whole-number division gives that list. Of which "
          + "number by 2?",
        "The rate has fallen `(epoch - 1) / stepEpochs` times; multiply "
          + "`initial` by `decay` that often.",
      ],
      own: own, library: libraryLearningRate, task: task
    ) { $0($1.initial, $1.decay, $1.every, $1.epoch) }
  }
}

/// PyTorch's `StepLR`, with epochs counted from 1:
/// rate = initial · decay^⌊(epoch − 1) / stepEpochs⌋.
private func libraryLearningRate(
  initial: Float, decay: Float, every stepEpochs: Int, epoch: Int
) -> Float {
  initial * pow(decay, Float((epoch - 1) / stepEpochs))
}

private struct Input: Sendable {
  var initial: Float
  var decay: Float
  var every: Int
  var epoch: Int

  func rate(fallen times: Float) -> Float { initial * pow(decay, times) }
}

private func question(
  _ initial: Float, _ decay: Float, _ every: Int, _ epoch: Int
)
  -> GradedTask<Input, Float>.Question
{
  .init(
    "initial \(initial), decay \(decay), every \(every), epoch \(epoch)",
    Input(initial: initial, decay: decay, every: every, epoch: epoch))
}

private let task = GradedTask<Input, Float>(
  questions: (1...7).map { question(0.8, 0.25, 2, $0) }
    + (1...5).map { question(0.8, 0.5, 1, $0) }
    + [
      question(0.05, 0.1, 30, 30), question(0.05, 0.1, 30, 61),
      question(0.8, 0.5, 3, 22),
    ],
  difference: {
    // Rates are small: compare them on their own scale.
    Difference.between(
      exactly: Difference.words(Double($0)), Difference.words(Double($1)),
      at: "the rate")
  },
  misconceptions: [
    .init(
      "off-by-one epoch",
      "Epochs are counted from 1 here, so the first step down comes after "
        + "`every` whole epochs, not one epoch early."
    ) { $0.rate(fallen: Float($0.epoch / $0.every)) },
    .init(
      "decay in every epoch",
      "The rate stays the same for `every` epochs and only then falls."
    ) { $0.rate(fallen: Float($0.epoch - 1)) },
    .init(
      "only one step down",
      "The rate falls again after each `every` epochs, not just once."
    ) { $0.rate(fallen: $0.epoch > $0.every ? 1 : 0) },
    .init(
      "smooth decay",
      "A division of floating-point numbers makes the exponent grow a little "
        + "in each epoch. Divide whole numbers, so that it grows in steps."
    ) { $0.rate(fallen: Float($0.epoch - 1) / Float($0.every)) },
    .init(
      "multiplied by the number of steps",
      "Two steps multiply the rate by decay twice, which is decay squared, not "
        + "two times decay."
    ) {
      let times = ($0.epoch - 1) / $0.every
      return times == 0 ? $0.initial : $0.initial * $0.decay * Float(times)
    },
  ])
