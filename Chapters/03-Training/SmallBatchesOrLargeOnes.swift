import Lesson
import Shared

/// One pass over the first images, in batches, by a given optimizer.
func train(
  _ model: inout Sequential, by optimizer: inout any Optimizer,
  on images: ImageSet, batchSize: Int, steps: Int, seed: UInt64
) {
  let batches = images.batches(of: batchSize, seed: seed, epoch: 1)
  for (step, batch) in batches.prefix(steps).enumerated() {
    let stepSeed = derivedSeed(seed, .step, step)
    let result = model.parameterGradients(
      on: batch, mode: .training(seed: stepSeed))
    optimizer.update(&model, with: result.parameters)
  }
}

/// The same images in batches of several sizes.
func compareBatchSizes(
  _ page: Page, _ inputs: TrainingInputs,
  _ exercise: Exercise<BatchSizeComparison>
) {
  let images = page.full(8192, quick: 1024)
  page.say(
    """
    A small batch gives a rough idea of the gradient, but many of them fit into
    one pass; a large batch points more exactly where to go, and takes one step
    where the small one takes sixteen. The comparison below is fair in one
    respect: each size sees \(images.grouped) images once, beginning with the
    same weights and at the same learning rate. Accuracy is measured on
    validation images, because this is about choosing.
    """)
  let experiment = page.exercise(exercise)
  let training = inputs.training.prefix(images)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  let rows = page.show {
    experiment([16, 64, 256], images, inputs.model) {
      model, batchSize, steps in
      var adam: any Optimizer = Adam()
      train(
        &model, by: &adam, on: training, batchSize: batchSize, steps: steps,
        seed: seed)
    } _: { model in
      model.evaluate(on: validation).accuracy
    }
  }
  page.table(
    "After \(images.grouped) images, on \(validation.count.grouped) "
      + "validation images",
    columns: ["batch size", "steps", "accuracy"],
    rows: rows.map {
      ["\($0.batchSize)", $0.steps.grouped, $0.accuracy.withInterval]
    },
    ["batchSizes": rows.map { [Double($0.batchSize), $0.accuracy.value] }])
  guard let best = rows.max(by: { $0.accuracy.value < $1.accuracy.value })
  else { return }
  page.say(
    """
    In this run batches of \(best.batchSize) got furthest with the same images.
    \(best.batchSize == rows.map(\.batchSize).min()
      ? "They made the most steps, and with so few images that counts."
      : "They did not make the most steps, so those were not all that counts.")
    It is no law. At one learning rate for all, the large batches are at a
    disadvantage: Goyal et al. (2017, arXiv:1706.02677) raise the rate in
    proportion to the batch.
    """)
}
