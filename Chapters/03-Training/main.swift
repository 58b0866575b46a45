import Lesson
import Shared

let lossGradient = Exercise.crossEntropyGradient(crossEntropyGradient)
let rectifier = Exercise.rectifierGradient(rectifierGradient)
let schedule = Exercise.steppedLearningRate(steppedLearningRate)
let curve = Exercise.trainingCurve(trainingCurve)
let batchSizes = Exercise.batchSizes(batchSizeRows)
let forward = Exercise.batchNormalizationForward(batchNormalizedForward)
let backward = Exercise.batchNormalizationBackward(batchNormalizedBackward)
let statistics = Exercise.runningStatistics(updatedRunningStatistics)
let momentum = Exercise.momentumStep(momentumStep)
let adam = Exercise.adamStep(adamStep)
let adamW = Exercise.adamWStep(adamWStep)

let chapter = Chapter(
  .training, title: "Training",
  question: "How does a network of random numbers learn to tell images apart?",
  goals: [
    "turn scores into probabilities and a loss, and say which way each score "
      + "should move",
    "follow slopes backward through a linear layer, ReLU, pooling and a "
      + "convolution, and check them",
    "read a training loop and change it",
    "tell what training, validation and test accuracy each say, and what an "
      + "interval allows",
  ],
  needs: "nothing; uses the files of chapters 1 and 2 if they are there",
  saves: "the trained model and its history", seconds: 60,
  flags: [.training],
  exercises: [
    lossGradient, rectifier, schedule, curve, batchSizes, forward, backward,
    statistics, momentum, adam, adamW,
  ])

chapter.run { page in
  let seed = page.options.seed
  let settings = TrainingSettings()
  let batchSize = page.options.batchSize ?? settings.batchSize
  let learningRate = page.options.learningRate ?? settings.learningRate
  let epochs = page.options.epochs ?? page.full(settings.epochs, quick: 2)
  try page.refuseToShorten(TrainedModel.fileName, epochs: epochs)

  let mnist = try page.loadData()
  let inputs = try TrainingInputs(
    in: page.workspace, data: mnist, seed: seed, flags: page.commandFlags)
  page.say(inputs.notes.map { "- \($0)" }.joined(separator: "\n"))
  let training = page.isQuick ? inputs.training.prefix(8000) : inputs.training
  let validation =
    page.isQuick ? inputs.validation.prefix(1000) : inputs.validation
  let test = page.isQuick ? mnist.test.prefix(2000) : mnist.test
  var model = inputs.model

  // MARK: - Backpropagation on paper

  page.section("How wrong is an answer?")
  let slopes = lossOnPaper(page, lossGradient)

  page.section("Going backward on paper")
  backwardOnPaper(page, slopes: slopes, rectifier)

  page.section("A convolution, backward")
  convolutionBackward(page)

  // MARK: - One batch

  page.section("One batch, taken apart")
  takeOneBatchApart(
    page, model, mnist.training.first(batchSize), names: mnist.classNames,
    learningRate: learningRate,
    steps: epochs * ((training.count + batchSize - 1) / batchSize))

  // MARK: - The training loop

  page.section("The training loop")
  let hasDropout = !dropouts(in: model).isEmpty
  let otherDropout =
    hasDropout
    ? "no dropout (`Dropout(0)` in the network)"
    : "dropout (`Dropout(0.5)` before the last layer of the network)"
  let (decay, stepEpochs) = (Float(0.5), 2)
  page.say(
    """
    An *epoch* visits every training image once, in batches of
    \(batchSize) and in a random order that is new each time. \(dropoutInWords(model))After each epoch the model is
    measured\(hasDropout ? ", dropout off," : "") on the
    \(validation.count.grouped) validation images. The test images have to wait
    until all is decided.

    **Try it:** this is the loop that runs. Change it: another optimizer, a
    learning rate that falls, \(otherDropout),
    and see what happens.
    """)
  page.say(
    """
    One change is an exercise. Without it the learning rate is \(learningRate) in
    every epoch; with it, the rate is
    \(scheduleInWords(decay: decay, every: stepEpochs)).
    """)
  let rate = page.exercise(schedule, until: "the rate stays the same") {
    initial, _, _, _ in initial
  }
  let guess = page.guess(
    "one epoch",
    "How many per cent of the validation images will it read correctly "
      + "when it has seen every training image *once*?", .percent)
  let passes = 3 * training.count + validation.count
  try page.requireRoom(for: model, as: TrainedModel.fileName)
  let history = try page.progress(
    "Training", passes: epochs * passes, epochs: epochs
  ) {
    try page.show {
      var optimizer = Adam(learningRate: learningRate)
      var history: [Epoch] = []
      for epoch in 1...epochs {
        optimizer.learningRate = rate(learningRate, decay, stepEpochs, epoch)
        var results: [BatchResult] = []
        let start = ContinuousClock.now
        let batches = training.batches(
          of: batchSize, seed: seed, epoch: epoch)
        for (step, batch) in batches.enumerated() {
          let stepSeed = derivedSeed(seed, .step, epoch, step)
          let gradients = model.parameterGradients(
            on: batch, mode: .training(seed: stepSeed))
          try gradients.requireFinite(epoch: epoch, batch: step + 1)
          optimizer.update(&model, with: gradients)
          results.append(gradients.result)
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        history.append(
          Epoch(
            epoch, batches: results,
            validation: model.evaluate(on: validation),
            trainingSeconds: seconds))
      }
      return history
    }
  }
  // MARK: - The test set, and saving

  page.section("The test set, once")
  let evaluation = measureOnce(page, model, test)
  // In the same section: nobody shall leave at a pause before this.
  page.say(
    """
    **Saving.** What took long to make is saved now and looked at afterwards.
    The \(model.stateDictionary.count) tensors of the model go into a file of the
    format safetensors, which chapter 4 opens. Their names and shapes are those
    of PyTorch, a widely used Python library for networks, so that its strict
    `load_state_dict` takes the file as it is.
    Beside them stand the facts of its making: the network, the seed, the data,
    the accuracy. A later chapter refuses a model of other data.
    """)
  let saved = try page.show {
    let checkpoint = try Checkpoint(
      chapter: page.chapter, tensors: model.stateDictionary, seed: seed,
      data: mnist.sha256, inputs: inputs.sources,
      facts: [
        "architecture": model.architecture,
        "accuracy": "\(evaluation.accuracy.value)",
        "accuracy.images": "\(test.count)",
        "epochs": "\(history.count)", "batchSize": "\(batchSize)",
        "learningRate": "\(learningRate)",
        "history": encodedHistory(history),
        "normalize.mean": "\(mnist.normalize.mean)",
        "normalize.standardDeviation":
          "\(mnist.normalize.standardDeviation)",
        "classes": mnist.classNames.joined(separator: "\n"),
      ])
    return try page.save(checkpoint, as: TrainedModel.fileName)
  }
  page.output(
    "saved \(page.short(saved.url))", ["modelSHA256": saved.sha256])

  // MARK: - What it learned

  page.section("Epoch by epoch")
  historyTable(page, history)
  page.reveal(
    guess, outcome: history.first?.validationAccuracy.value ?? 0,
    firstPass(of: history, classes: mnist.classNames.count))
  explainGap(page, history, model, training: training)

  page.section("Training curves")
  let points = page.exercise(curve)
  try trainingCurves(
    page, history, model, training: points(history.map(\.batches)))

  // MARK: - Experiments

  page.section("Small batches or large ones?")
  compareBatchSizes(page, inputs, batchSizes)

  page.section("SGD, Adam, AdamW")
  compareOptimizers(
    page, inputs, (momentum: momentum, adam: adam, adamW: adamW))

  page.section("Batch normalization")
  compareNormalization(
    page, inputs,
    (forward: forward, backward: backward, statistics: statistics))

  page.section("Where it is still wrong")
  try whereItIsWrong(page, evaluation, test, mnist)

  recapitulate(page)
  page.say(
    """
    **Next:** `swift run 04-Hooks\(page.commandFlags)` looks inside this model
    while it works.
    """)
}
