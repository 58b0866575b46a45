import Shared

/// One pass over the first images, in batches, by a given optimizer.
private func train(
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

/// Exercise 3: the same images in batches of several sizes.
func compareBatchSizes(_ page: Page, _ inputs: TrainingInputs) throws {
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
  let experiment = page.exercise(
    "3", own: batchSizeRows, library: batchSizeExperiment)
  let training = inputs.training.prefix(images)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  let rows = try page.show {
    try experiment([16, 64, 256], images, inputs.model) {
      model, batchSize, steps in
      var adam: any Optimizer = Adam()
      train(
        &model, by: &adam, on: training, batchSize: batchSize, steps: steps,
        seed: seed)
    } _: { model in
      model.evaluate(on: validation).accuracy.value
    }
  }
  page.table(
    "After \(images.grouped) images, on \(validation.count.grouped) "
      + "validation images",
    columns: ["batch size", "steps", "accuracy"],
    rows: rows.map { row in
      let right = Int((row.accuracy * Double(validation.count)).rounded())
      return [
        "\(row.batchSize)", row.steps.grouped,
        Proportion(right, of: validation.count).withInterval,
      ]
    })
  page.record("batchSizes", rows.map { [Double($0.batchSize), $0.accuracy] })
  guard let best = rows.max(by: { $0.accuracy < $1.accuracy }) else { return }
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

/// Exercise 5: three rules for the step.
func compareOptimizers(_ page: Page, _ inputs: TrainingInputs) throws {
  let images = page.full(8192, quick: 1024)
  page.say(
    """
    Three rules for what to do with a gradient. *SGD with momentum* rolls like a
    ball: it keeps some of its speed. *Adam* gives each weight its own step size,
    the mean gradient divided by the root of the mean square. *AdamW* (Loshchilov
    and Hutter 2019, arXiv:1711.05101) also shrinks every weight a little, apart
    from the gradient. Each starts from the same weights and sees
    \(images.grouped) images once.
    """)
  let momentumRule: MomentumStep = page.exercise(
    "5a", own: momentumStep, library: OptimizerSteps.momentum)
  let adamRule: AdamStep = page.exercise(
    "5b", own: adamStep, library: OptimizerSteps.adam)
  let adamWRule: AdamWStep = page.exercise(
    "5c", own: adamWStep, library: OptimizerSteps.adamW)
  let training = inputs.training.prefix(images)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  let evaluations = page.show {
    let momentum: any Optimizer = ParameterwiseOptimizer(
      learningRate: 0.01, initial: { [Float](repeating: 0, count: $0) },
      step: { p, g, v, rate throws(Unsolved) in
        try momentumRule(p, g, v, rate, 0.9)
      })
    let adam: any Optimizer = ParameterwiseOptimizer(
      learningRate: 0.001, initial: AdamState.init(count:), step: adamRule)
    let adamW: any Optimizer = ParameterwiseOptimizer(
      learningRate: 0.001, initial: AdamState.init(count:),
      step: { p, g, state, rate throws(Unsolved) in
        try adamWRule(p, g, state, rate, 0.01)
      })
    return [momentum, adam, adamW].map { optimizer in
      var (model, optimizer) = (inputs.model, optimizer)
      train(
        &model, by: &optimizer, on: training, batchSize: 64,
        steps: images / 64, seed: seed)
      return model.evaluate(on: validation)
    }
  }
  page.table(
    "After \(images.grouped) images, on \(validation.count.grouped) "
      + "validation images",
    columns: ["optimizer", "learning rate", "accuracy", "loss"],
    rows: zip(
      [
        ("SGD, momentum 0.9", "0.01"), ("Adam", "0.001"),
        ("AdamW, weight decay 0.01", "0.001"),
      ], evaluations
    ).map {
      [$0.0, $0.1, $1.accuracy.withInterval, $1.meanLoss.decimals(4)]
    })
  page.record("optimizers", evaluations.map(\.accuracy.value))
  page.say(
    """
    Adam and AdamW end close together, with a loss of
    \(evaluations[1].meanLoss.decimals(4)) and
    \(evaluations[2].meanLoss.decimals(4)): over so few steps a decay of 0.01
    hardly acts. The learning rate of SGD was not searched for; try others
    before you judge it.
    """)
}

private typealias MomentumStep =
  @Sendable ([Float], [Float], [Float], Float, Float) throws(Unsolved) -> (
    parameters: [Float], velocities: [Float]
  )
private typealias AdamStep =
  @Sendable ([Float], [Float], AdamState, Float) throws(Unsolved) -> (
    parameters: [Float], state: AdamState
  )
private typealias AdamWStep =
  @Sendable ([Float], [Float], AdamState, Float, Float) throws(Unsolved) -> (
    parameters: [Float], state: AdamState
  )
