import Foundation
import Shared

let chapter = Chapter(
  name: "03-Training", title: "Training",
  question: "How does a network of random numbers learn to read digits?",
  needs: "nothing; uses the files of chapters 1 and 2 if they are there",
  saves: "the trained model and its history", trains: true)

chapter.run { page in
  let seed = page.options.seed
  let batchSize = page.options.batchSize ?? 64
  let learningRate = page.options.learningRate ?? 0.001
  let epochs = page.options.epochs ?? page.full(5, quick: 2)
  try refuseToShorten(page, epochs: epochs)

  let mnist = try page.loadData()
  let inputs = try TrainingInputs(
    in: page.workspace, data: mnist, seed: seed)
  page.say(inputs.notes.map { "- \($0)" }.joined(separator: "\n"))
  let training = page.isQuick ? inputs.training.head(8000) : inputs.training
  let validation =
    page.isQuick ? inputs.validation.head(1000) : inputs.validation
  let test = page.isQuick ? mnist.test.head(2000) : mnist.test
  var model = inputs.model

  // MARK: - One batch

  page.section("One batch, taken apart")
  page.say(
    """
    Training repeats one small act: show the network some images, measure how
    wrong it is, find out which way each weight should move, and move all of
    them a little. Before it runs a few thousand times, here it is once, with
    \(batchSize.grouped) images.

    **Forward.** The images pass through the layers and come out as ten numbers
    each, the *logits*. The largest one is the network's answer.
    """)
  let batch = mnist.training.first(batchSize)
  let (logits, cache) = page.show {
    model.forward(batch.images, mode: .inference)
  }
  let firstAnswers = predictions(logits)
  let rightAtFirst = zip(firstAnswers, batch.labels).count { $0 == $1 }
  page.output(
    """
    logits: \(logits.shape.times)
    of the first image: \(logits.rows(0..<1).scalars.map { $0.decimals(2) }
      .joined(separator: " "))
    its answer: \(firstAnswers[0]), its label: \(batch.labels[0])
    right answers: \(rightAtFirst) of \(batch.count)
    """)
  page.say(
    """
    The weights are random, so the logits are all small and the answers are
    guesses: about one in ten can be right.

    **Loss.** Softmax turns logits into probabilities, and cross-entropy is the
    surprise −log p at the right label. Someone who gives each of ten classes
    p = 0.1 is surprised by −log 0.1 = 2.303. The gradient of the loss with
    respect to the logits has a simple form, probabilities minus the right
    answer, and it is where going backward begins.
    """)
  let (losses, logitGradient) = page.show {
    softmaxCrossEntropy(logits: logits, labels: batch.labels)
  }
  let lossBefore = losses.reduce(0, +) / Double(losses.count)
  page.output("mean loss: \(lossBefore.decimals(4))")
  page.record("lossBeforeStep", lossBefore)
  page.say(
    """
    **Backward.** The chain rule, layer by layer from the last to the first:
    each layer receives how the loss depends on its output and returns how it
    depends on its input and on its own weights. The mean over the batch needs
    a factor of 1/\(batchSize).
    """)
  let gradients = page.show {
    model.parameterGradients(
      logitGradient * (1 / Float(batch.count)), cache: cache)
  }
  page.table(
    "Gradients of the first batch", columns: ["parameter", "shape", "‖∂L/∂w‖"],
    rows: zip(model.parameters, gradients).map {
      [$0.name, $1.shape.times, $1.norm.decimals(4)]
    })
  page.say(
    """
    **Step.** Move every weight against its gradient. Adam chooses the size of
    the step for each weight by itself from the gradients it has seen; its one
    important setting is the learning rate, here \(learningRate).
    """)
  let lossAfter = page.show {
    var stepped = model
    var optimizer = Adam(learningRate: learningRate)
    optimizer.update(&stepped, with: gradients)
    return stepped.evaluate(on: batch.images, labels: batch.labels).meanLoss
  }
  page.output(
    """
    loss before the step: \(lossBefore.decimals(4))
    loss after the step:  \(lossAfter.decimals(4))
    """)
  page.record("lossAfterStep", lossAfter)
  page.say(
    """
    The loss on this batch \(lossAfter < lossBefore ? "fell" : "did not fall: "
      + "the step was too long"). That step was made on a copy: models are
    values here, so `model` still holds its initial weights.
    """)

  // MARK: - The training loop

  page.section("The training loop")
  page.say(
    """
    An *epoch* visits every training image once, in a random order that is new
    each time. Dropout is on while learning: half of the 128 features before
    the last layer are switched off at random for every image, so that no
    feature can rely on a particular other one. After each epoch the model is
    measured, dropout off, on the \(validation.count.grouped) validation images
    and on the \(test.count.grouped) test images.

    This is the loop that runs. Change it: another optimizer, a learning rate
    that falls, no dropout (`mode: .inference`), and see what happens.
    """)
  let steps = (training.count + batchSize - 1) / batchSize
  let history = page.progress(
    "Training", total: epochs * steps
  ) { bar in
    page.show {
      var optimizer = Adam(learningRate: learningRate)
      var history: [Epoch] = []
      for epoch in 1...epochs {
        var running = RunningMean()
        let start = ContinuousClock.now
        let batches = training.batches(of: batchSize, seed: seed, epoch: epoch)
        for (step, batch) in batches.enumerated() {
          let stepSeed = derivedSeed(seed, UInt64(epoch), UInt64(step))
          let result = model.parameterGradients(
            on: batch, mode: .training(seed: stepSeed))
          optimizer.update(&model, with: result.parameters)
          running.add(result, count: batch.count)
          bar.update(
            (epoch - 1) * steps + step + 1,
            note: "epoch \(epoch) · loss \(running.loss.decimals(3))")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
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
      "test loss", "seconds",
    ],
    rows: history.map {
      [
        "\($0.epoch)", $0.trainingAccuracy.percent(),
        $0.validationAccuracy.percent(), $0.testAccuracy.percent(),
        $0.trainingLoss.decimals(4), $0.validationLoss.decimals(4),
        $0.testLoss.decimals(4), $0.trainingSeconds.decimals(1),
      ]
    })
  explainGap(page, history)

  // MARK: - What it learned

  page.section("Training curves")
  try page.figure(
    "curves", accuracyPlot(history),
    caption: "accuracy after each epoch. Training is a running mean while the "
      + "weights still changed and dropout was on; the other two were measured "
      + "afterwards.")
  try page.figure(
    "loss", lossPlot(history),
    caption: "the same for the loss. When validation loss rises while training "
      + "loss still falls, the model has begun to learn its images by heart.")

  page.section("Where it is still wrong")
  let evaluation = model.evaluate(on: test)
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

  // MARK: - Saving

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
  page.say(
    """
    **Next:** `swift run 04-Hooks\(page.commandFlags)` looks inside this model
    while it works.
    """)
}
