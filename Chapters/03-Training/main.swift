import Foundation
import Shared

let chapter = Chapter(
  name: "03-Training", title: "Training",
  question: "How does a network of random numbers learn to read digits?",
  needs: "nothing; uses the files of chapters 1 and 2 if they are there",
  saves: "the trained model and its history", seconds: 36,
  flags: [.training],
  exercises: [
    .steppedLearningRate(steppedLearningRate), .trainingCurve(trainingCurve),
    .batchSizes(batchSizeRows), .momentumStep(momentumStep),
    .adamStep(adamStep), .adamWStep(adamWStep),
  ])

chapter.run { page in
  let seed = page.options.seed
  let batchSize = page.options.batchSize ?? 64
  let learningRate = page.options.learningRate ?? 0.001
  let epochs = page.options.epochs ?? page.full(5, quick: 2)
  try refuseToShorten(page, epochs: epochs)

  let mnist = try page.loadData()
  let inputs = try TrainingInputs(
    in: page.workspace, data: mnist, seed: seed, flags: page.commandFlags)
  page.say(inputs.notes.map { "- \($0)" }.joined(separator: "\n"))
  let training = page.isQuick ? inputs.training.prefix(8000) : inputs.training
  let validation =
    page.isQuick ? inputs.validation.prefix(1000) : inputs.validation
  let test = page.isQuick ? mnist.test.prefix(2000) : mnist.test
  var model = inputs.model

  // MARK: - One batch

  page.section("One batch, taken apart")
  takeOneBatchApart(
    page, model, mnist.training.first(batchSize), learningRate: learningRate)

  // MARK: - The training loop

  page.section("The training loop")
  page.say(
    """
    An *epoch* visits every training image once, in a random order that is new
    each time. Dropout is on while learning: each feature before the last layer
    is switched off with probability ½, anew for every image, so that no feature
    can rely on a particular other one. After each epoch the model is
    measured, dropout off, on the \(validation.count.grouped) validation images
    and on the \(test.count.grouped) test images.

    **Try it:** this is the loop that runs. Change it: another optimizer, a
    learning rate that falls, no dropout (`mode: .inference`), and see what happens.
    """)
  page.say(
    """
    One change is an exercise. Without it the learning rate is \(learningRate) in
    every epoch; with it, the rate is halved after every second one.
    """)
  let rate = page.exercise(
    "1", own: steppedLearningRate, library: constantLearningRate)
  let guess = try page.guess(
    "one epoch",
    "How many per cent of the test images will it read correctly "
      + "when it has seen every training image *once*?", .percent)
  let steps = (training.count + batchSize - 1) / batchSize
  var batchResults: [[BatchResult]] = []
  let history = try page.progress(
    "Training", total: epochs * steps
  ) { bar in
    try page.show {
      var optimizer = Adam(learningRate: learningRate)
      var history: [Epoch] = []
      for epoch in 1...epochs {
        optimizer.learningRate = try rate(learningRate, 0.5, 2, epoch)
        var running = RunningMean()
        var results: [BatchResult] = []
        let start = ContinuousClock.now
        let batches = training.batches(of: batchSize, seed: seed, epoch: epoch)
        for (step, batch) in batches.enumerated() {
          let stepSeed = derivedSeed(seed, .step, epoch, step)
          let result = model.parameterGradients(
            on: batch, mode: .training(seed: stepSeed))
          optimizer.update(&model, with: result.parameters)
          running.add(result, count: batch.count)
          results.append(.init(correct: result.correct, count: batch.count))
          bar.update(
            (epoch - 1) * steps + step + 1,
            note: "epoch \(epoch) · loss \(running.loss.decimals(3))")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        batchResults.append(results)
        history.append(
          Epoch(
            epoch: epoch, training: running,
            validation: model.evaluate(on: validation),
            test: model.evaluate(on: test), trainingSeconds: seconds))
      }
      return history
    }
  }
  page.record("history", history)
  page.table(
    "Accuracy and loss after each epoch",
    columns: [
      "epoch", "training", "validation", "test", "train loss", "val. loss",
      "test loss", "sec.",
    ],
    rows: history.map {
      [
        "\($0.epoch)", $0.trainingAccuracy.percent(),
        $0.validationAccuracy.percent(), $0.testAccuracy.percent(),
        $0.trainingLoss.decimals(4), $0.validationLoss.decimals(4),
        $0.testLoss.decimals(4), $0.trainingSeconds.decimals(1),
      ]
    })
  try page.reveal(
    guess, outcome: history[0].testAccuracy,
    "Most of what there is to learn is learned in the first pass.")
  explainGap(page, history)

  // MARK: - Saving

  let evaluation = model.evaluate(on: test)
  page.section("Saving the model")
  page.say(
    """
    The eight parameter tensors go into a safetensors file under PyTorch's names
    and shapes, so that a strict `load_state_dict` in PyTorch takes it as it is.
    Beside them stand the facts that a later chapter must check: the network,
    the seed, the data, the accuracy.
    """)
  let saved = try page.show {
    try Checkpoint(
      chapter: page.chapter, tensors: model.parameterTensors, seed: seed,
      data: mnist.sha256, inputs: inputs.sources,
      facts: [
        "architecture": model.architecture,
        "accuracy": "\(evaluation.accuracy.value)",
        "accuracy.images": "\(test.count)",
        "epochs": "\(epochs)", "batchSize": "\(batchSize)",
        "learningRate": "\(learningRate)",
        "history": encodedHistory(history),
      ]
    ).save(to: page.workspace, as: TrainedModel.fileName)
  }
  page.record("modelSHA256", saved.sha256)
  page.output("saved \(page.short(saved.url))")
  // MARK: - What it learned

  page.section("Training curves")
  let curve = page.exercise(
    "2", own: trainingCurve, library: trainingCurvePoints)
  try page.figure(
    "curves", accuracyPlot(history, training: curve(batchResults)),
    caption: "accuracy after each epoch. Training is a running mean while the "
      + "weights still changed and dropout was on; the other two were measured "
      + "afterwards.")
  try page.figure(
    "loss", lossPlot(history),
    caption: "the same for the loss. When validation loss rises while training "
      + "loss still falls, the model has begun to learn its images by heart.")

  // MARK: - Experiments

  page.section("Small batches or large ones?")
  try compareBatchSizes(page, inputs)

  page.section("SGD, Adam, AdamW")
  try compareOptimizers(page, inputs)

  page.section("Where it is still wrong")
  page.say(
    """
    On the test set the model is right on \(evaluation.accuracy.withInterval)
    of \(test.count.grouped) images; the brackets are a 95 % interval.
    The confusion matrix has a row for each right label and a column for each
    answer, so everything off the diagonal is a mistake.
    """)
  page.table(
    "Confusion matrix (rows: label, columns: answer)",
    columns: ["label"] + (0...9).map(String.init),
    rows: evaluation.confusion.enumerated().map { label, row in
      ["\(label)"] + row.map { $0 == 0 ? "." : "\($0)" }
    })
  page.record("confusion", evaluation.confusion)
  page.record("testAccuracy", evaluation.accuracy.value)
  try showMistakes(page, evaluation, test)

  page.say(
    """
    **Next:** `swift run 04-Hooks\(page.commandFlags)` looks inside this model
    while it works.
    """)
}
