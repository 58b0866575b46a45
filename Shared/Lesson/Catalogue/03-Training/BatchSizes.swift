import Shared

/// Trains a model anew for each batch size and measures it.
public typealias BatchSizeComparison =
  @Sendable (
    _ sizes: [Int], _ images: Int, _ start: Sequential,
    _ train: BatchSizeTraining, _ measure: BatchSizeMeasure
  ) -> [BatchSizeRow]

extension Exercise where Function == BatchSizeComparison {
  /// Exercise 3: batch sizes compared at equal work.
  public static func batchSizes(_ own: Function) -> Self {
    Exercise(
      "3", .beginner, "batch sizes at equal work",
      summary: "Train a copy of `start` for each batch size, on as many images "
        + "each, and measure it.",
      hints: [
        "If 16 images a step take 64 steps to see 1,024 images, how many steps "
          + "of 256 images see just as many?",
        "`images / size` steps each. And which model may the second size start "
          + "from, so that it does not profit from the first?",
        "In a loop over `sizes`: `var model = start`, train that copy, measure "
          + "it, append a row.",
      ],
      own: own, library: batchSizeExperiment, task: task
    ) { $0($1.sizes, $1.images, counter(), train, measure) }
  }
}

private struct Input: Sendable {
  var sizes: [Int]
  var images: Int
}

/// A "model" that remembers how it was trained, in three numbers.
///
/// It does not begin at 0, as a new one would.
private func counter() -> Sequential {
  [
    "memory": Linear(
      weight: Tensor(shape: [1, 2], scalars: [3, 5]), bias: Tensor([0]))
  ]
}

/// Counts the trainings, the steps and the images that a model has seen.
private func train(_ model: inout Sequential, _ size: Int, _ steps: Int) {
  model.visitParameters { name, value in
    if name == "memory.weight" {
      value.scalars[0] += Float(steps)
      value.scalars[1] += Float(steps * size)
    } else {
      value.scalars[0] += 1
    }
  }
}

/// A made-up accuracy that tells all three numbers apart.
private func measure(_ model: Sequential) -> Proportion {
  let numbers = model.parameters.flatMap(\.value.scalars).map { Int($0) }
  let mixed = 1000 * numbers[0] + numbers[1] + 100_000_000 * numbers[2]
  return Proportion(mixed, of: 1_000_000_000)
}

/// The rows of an experiment whose models are trained as told.
private func rows(
  _ plan: Input, carryingOver: Bool = false, measuringFirst: Bool = false,
  steps: (Int) -> Int
) -> [BatchSizeRow] {
  var model = counter()
  return plan.sizes.map { size in
    if !carryingOver { model = counter() }
    let before = measure(model)
    train(&model, size, steps(size))
    return BatchSizeRow(
      batchSize: size, steps: steps(size),
      accuracy: measuringFirst ? before : measure(model))
  }
}

private let task = GradedTask<Input, [BatchSizeRow]>(
  questions: [
    .init(
      "sizes 2, 4 and 8 on 16 images; that is 8, 4 and 2 steps",
      Input(sizes: [2, 4, 8], images: 16)),
    .init(
      "sizes 16, 64 and 256 on 8,192 images",
      Input(sizes: [16, 64, 256], images: 8192)),
    .init(
      "sizes 256, 32 and 1 on 1,024 images",
      Input(sizes: [256, 32, 1], images: 1024)),
  ],
  difference: { expected, actual in
    Difference.between(
      exactly: expected.map(\.batchSize), actual.map(\.batchSize),
      at: "the batch sizes")
      ?? Difference.between(
        exactly: expected.map(\.steps), actual.map(\.steps), at: "the steps")
      ?? Difference.between(
        expected.map(\.accuracy.value), actual.map(\.accuracy.value),
        at: "the measured accuracy", tolerance: 1e-10)
  },
  misconceptions: [
    .init(
      "equal steps",
      "With equal steps the large batch sees many times the images of the "
        + "small one and would win for that alone. Equal work is equal images."
    ) { plan in rows(plan) { _ in plan.images / plan.sizes[0] } },
    .init(
      "as many steps as images",
      "A step takes a whole batch: `images` steps of `size` images are `size` "
        + "times too much work."
    ) { plan in rows(plan) { _ in plan.images } },
    .init(
      "the model carried over",
      "The second size went on training the first one's model. Each has to "
        + "start from a copy of `start`."
    ) { plan in rows(plan, carryingOver: true) { plan.images / $0 } },
    .init(
      "measured before training",
      "The accuracy is that of the model before it has learned: measure the "
        + "copy that was trained, after it was."
    ) { plan in rows(plan, measuringFirst: true) { plan.images / $0 } },
    .init(
      "one step too many",
      "The sizes divide the number of images, so there is nothing to round up."
    ) { plan in rows(plan) { plan.images / $0 + 1 } },
  ])
