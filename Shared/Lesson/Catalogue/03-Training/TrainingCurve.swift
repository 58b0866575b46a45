import Shared

/// One point an epoch, from the results of its batches.
public typealias TrainingCurve =
  @Sendable (_ epochs: [[BatchResult]]) -> [CurvePoint]

extension Exercise where Function == TrainingCurve {
  /// Exercise 2: the points of a training curve.
  public static func trainingCurve(_ own: Function) -> Self {
    Exercise(
      "2", .beginner, "training curves",
      summary: "Return one point an epoch: its number and its accuracy in per "
        + "cent, with every image counted once.",
      hints: [
        "64 images of which 32 are right, then 1 image that is right: which "
          + "share of the 65 images is right?",
        "Add up the right images and the images of an epoch first, and divide "
          + "once. Begin both sums anew for the next epoch.",
        "For the epoch at `index`: x is `Double(index + 1)`, y is `100 * "
          + "Double(correct) / Double(count)`.",
      ],
      own: own, library: libraryTrainingCurve, task: task
    ) { $0($1) }
  }
}

/// The training accuracy of each epoch, in per cent.
///
/// Every image counts once: the last batch of an epoch is smaller, so the mean
/// of the batches' accuracies would not do.
private func libraryTrainingCurve(_ epochs: [[BatchResult]]) -> [CurvePoint] {
  epochs.enumerated().map { index, batches in
    let correct = batches.reduce(0) { $0 + $1.correct }
    let count = batches.reduce(0) { $0 + $1.count }
    return CurvePoint(
      x: Double(index + 1), y: Double(correct) / Double(max(count, 1)) * 100)
  }
}

private let worked: [[BatchResult]] = [
  [.init(correct: 2, count: 4), .init(correct: 1, count: 1)],
  [.init(correct: 4, count: 4), .init(correct: 0, count: 1)],
]

private func random(_ seed: UInt64, batches: [Int] = [7, 7, 7, 7, 7])
  -> [[BatchResult]]
{
  var generator = SeededGenerator(seed: seed)
  return batches.map { batches in
    (0..<batches).map { batch in
      let count = batch < batches - 1 ? 64 : 13
      return BatchResult(
        correct: Int.random(in: 0...count, using: &generator), count: count)
    }
  }
}

/// A share of right images, as a percentage.
private func percent(_ batches: [BatchResult]) -> Double {
  100 * Double(batches.reduce(0) { $0 + $1.correct })
    / Double(batches.reduce(0) { $0 + $1.count })
}

private func points(_ values: [Double], from first: Int = 1) -> [CurvePoint] {
  values.enumerated().map { CurvePoint(x: Double($0 + first), y: $1) }
}

private let task = GradedTask<[[BatchResult]], [CurvePoint]>(
  questions: [
    .init(
      "two epochs of two batches: 2 of 4 and 1 of 1 right, then 4 of 4 and 0 "
        + "of 1; the points are (1, 60) and (2, 80)", worked),
    .init("five epochs of seven batches, the last one smaller", random(1)),
    .init("five other epochs", random(2)),
    .init(
      "three epochs of two, three and five batches",
      random(3, batches: [2, 3, 5])),
  ],
  difference: { expected, actual in
    Difference.between(expected.map(\.x), actual.map(\.x), at: "x")
      ?? Difference.between(expected.map(\.y), actual.map(\.y), at: "y")
  },
  misconceptions: [
    .init(
      "off-by-one epoch",
      "The first point belongs to epoch 1: it shows what the network could "
        + "after one epoch, not before it began."
    ) { points($0.map(percent), from: 0) },
    .init(
      "a share instead of per cent",
      "The figure's axis is in per cent, 0 to 100."
    ) { points($0.map { percent($0) / 100 }) },
    .init(
      "mean of the batches",
      "The last batch is smaller, so its images would count more than others. "
        + "Add up images first, divide once."
    ) {
      points(
        $0.map { batches in
          batches.map { percent([$0]) }.reduce(0, +) / Double(batches.count)
        })
    },
    .init(
      "sums carried over",
      "Each epoch is measured for itself: both sums start at 0 with every "
        + "epoch, or old epochs drag the new ones down."
    ) { epochs in
      points(epochs.indices.map { percent(epochs[...$0].flatMap { $0 }) })
    },
    .init(
      "a point for each batch",
      "The curve has one point an epoch; a batch of 64 is too noisy to show."
    ) { points($0.flatMap { $0 }.map { percent([$0]) }) },
    .init(
      "the error instead of the accuracy",
      "Those are the images that were wrong; accuracy counts the right ones."
    ) { points($0.map { 100 - percent($0) }) },
  ])
