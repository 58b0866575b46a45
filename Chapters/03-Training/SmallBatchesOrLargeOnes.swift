import Lesson
import Shared

/// One pass over the first images, in batches, by a given optimizer.
///
/// - Returns: The loss of each batch.
@discardableResult
func train(
  _ model: inout Sequential, by optimizer: inout any Optimizer,
  on images: ImageSet, batchSize: Int, steps: Int, seed: UInt64
) -> [Double] {
  let batches = images.batches(of: batchSize, seed: seed, epoch: 1)
  return batches.prefix(steps).enumerated().map { step, batch in
    let stepSeed = derivedSeed(seed, .step, step)
    let result = model.parameterGradients(
      on: batch, mode: .training(seed: stepSeed))
    optimizer.update(&model, with: result)
    return result.loss
  }
}

/// The same images in batches of several sizes.
func compareBatchSizes(
  _ page: Page, _ inputs: TrainingInputs,
  _ exercise: Exercise<BatchSizeComparison>
) {
  let sizes = [16, 64, 256]
  let limit = min(inputs.training.count, page.full(8192, quick: 1024))
  // As many whole batches of the largest size as there are images for.
  let largest = max(sizes.max() ?? 1, 1)
  let images = limit < largest ? limit : limit / largest * largest
  let isExact = sizes.allSatisfy { $0 > 0 && images % $0 == 0 }
  page.say(
    """
    A small batch gives a rough idea of the gradient, but many of them fit into
    one pass; a large batch points more exactly where to go, and takes
    \(fewerSteps(sizes)). The comparison below is fair in one
    respect: each size sees
    \(isExact ? "" : "about ")\(images.grouped) images once, beginning with the
    same weights and at the same learning rate. Accuracy is measured on
    validation images, because this is about choosing.
    """)
  let experiment = page.exercise(exercise)
  let training = inputs.training.prefix(images)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  let rows = page.show {
    experiment(sizes, images, inputs.model) {
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
    In this run batches of \(best.batchSize) got furthest with the same
    images. \(howClear(best, rows)) \(best.batchSize
      == rows.map(\.batchSize).min()
      ? "They made the most steps, too."
      : "They did not make the most steps, so those are not all that counts.")
    It is no law. One learning rate for all need not be fair: for SGD, Goyal et
    al. (2017, arXiv:1706.02677) raise it in proportion to the batch. Here no
    rate was searched for.
    """)
}

/// How far the best is ahead of the next, and what the interval allows.
private func howClear(_ best: BatchSizeRow, _ rows: [BatchSizeRow]) -> String {
  let others = rows.filter { $0.batchSize != best.batchSize }
  guard
    let next = others.max(by: { $0.accuracy.value < $1.accuracy.value })
  else { return "" }
  let lead = best.accuracy.lead95(over: next.accuracy)
  let points = (best.accuracy.value - next.accuracy.value) * 100
  let range =
    "\((lead.lowerBound * 100).decimals(1)) to "
    + (lead.upperBound * 100).decimals(1)
  return "They are ahead of \(next.batchSize) by \(points.decimals(1)) points "
    + "(\(range)), "
    + (lead.lowerBound > 0
      ? "more than the choice of images explains; another seed may still order "
        + "them otherwise."
      : "which the choice of images alone could explain.")
}

/// How many steps of the smallest batch make one of the largest.
private func fewerSteps(_ sizes: [Int]) -> String {
  guard let small = sizes.min(), let large = sizes.max(), small > 0,
    large > small, large % small == 0
  else { return "fewer steps" }
  return "one step where the small one takes \(inWords(large / small))"
}
