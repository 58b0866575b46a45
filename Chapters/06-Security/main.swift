import Lesson
import Shared

let mix = Exercise.mixedBatch(mixedBatch)
let hardening = Exercise.hardeningStep(hardeningStep)
let tensor = Exercise.onnxTensor(onnxTensor)
let node = Exercise.onnxNode(onnxNode)
let whole = Exercise.onnxModel(onnxModel)

let chapter = Chapter(
  .security, title: "Security",
  question: "Which defences hold, and how would you know?",
  goals: [
    "keep clean accuracy and accuracy under attack apart",
    "train a network on attacked images, all of them or a share",
    "suspect gradient masking, and say which attacks would tell",
    "say what each family of defences promises, and what broke it",
    "tell what an attack and what a certificate can prove",
  ],
  needs: "a trained model, and what chapter 5 measured on it",
  saves: "an adversarially trained model, also as ONNX", seconds: 85,
  flags: [.model],
  exercises: [
    mix, hardening, tensor, node, whole,
  ])

chapter.run { page in
  let mnist = try page.loadData()
  let trained = try page.loadTrainedModel(mnist)
  let noun = mnist.isShipped ? "digit" : "image"

  // MARK: - The gap

  page.section("The gap")
  let results = try attackResults(page, trained, mnist)
  let asMany = mnist.test.first(
    results.fgsm.first?.accuracy.total ?? mnist.test.count)
  gapTable(
    page, results,
    clean: trained.model.evaluate(on: asMany.images, labels: asMany.labels)
      .accuracy, mnist)

  // MARK: - Adversarial training

  page.section("Train on what attacks you")
  let settings = HardeningSettings(isQuick: page.isQuick)
  let opponents = ExamSettings(isQuick: page.isQuick)
  let seed = page.options.seed
  let untrained = Sequential.notebookNetwork(seed: seed, for: mnist)
  let hasDropout = untrained.layers.contains { $0.layer is Dropout }
  page.say(
    """
    The most direct defence: attack the model *while it learns*, and let it
    learn from the attacked images. As a formula it is a game of two players,
    min over weights of max over $x′$ of $L(x′)$ (Madry et al. 2018,
    arXiv:1706.06083): the attacker picks the worst image in the box, the
    trainer makes the worst less bad.

    A full PGD attack for every batch would cost
    \(opponents.steps == 40 ? "forty" : "\(opponents.steps)") times the
    training. Wong, Rice and Kolter (2020, arXiv:2001.03994) found that one step
    can do, if it starts at a *random* point of the box and is a little longer than $ε$,
    $α = 1.25 ε$. That is `PGD` with a single
    step\(settings.stepFactor == 1.25
      ? "" : ", here of \(settings.stepFactor) ε"). $ε$
    \(settings.growthInWords)\(settings.warmUp > 0
      ? ", so that the network meets easier \(noun)s first" : ""). The
    learning rate rises and falls again, as in their recipe\(hasDropout
      ? ", and dropout is off; neither choice was tested here." : ".")
    """)
  let training = try trainingImages(page, mnist)
  let steps = settings.epochs * settings.stepsPerEpoch(images: training.count)
  try page.requireRoom(for: untrained, as: "06-Security.safetensors")
  let start = ContinuousClock.now
  let model = try page.progress(
    "Hardening", passes: settings.epochs * training.count * (3 + 3),
    epochs: settings.epochs
  ) {
    try page.show {
      var model = Sequential.notebookNetwork(seed: seed, for: mnist)
        .withoutDropout
      var optimizer = Adam()
      var step = 0
      for epoch in 1...settings.epochs {
        let batches = training.batches(
          of: settings.batchSize, seed: seed, epoch: epoch)
        for (number, batch) in batches.enumerated() {
          let progress = Float(step) / Float(steps)
          optimizer.learningRate = settings.learningRate(at: progress)
          let epsilon = settings.epsilon(at: progress)
          let attack = PGD(
            epsilon: .pixels(epsilon),
            stepSize: .pixels(settings.stepSize(for: epsilon)), steps: 1,
            seed: derivedSeed(seed, .step, step))
          let attacked = Batch(
            images: attack.perturb(
              batch.images, labels: batch.labels, against: model),
            labels: batch.labels)
          let stepSeed = derivedSeed(seed, .step, step)
          let result = model.parameterGradients(
            on: attacked, mode: .training(seed: stepSeed))
          try result.requireFinite(epoch: epoch, batch: number + 1)
          optimizer.update(&model, with: result)
          step += 1
        }
      }
      return model
    }
  }
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let saved = try page.show {
    let checkpoint = Checkpoint(
      chapter: page.chapter, tensors: model.stateDictionary,
      seed: seed, data: mnist.sha256,
      inputs: [trained.checkpoint],
      facts: [
        "architecture": model.architecture, "epochs": "\(settings.epochs)",
      ])
    return try page.save(checkpoint, as: "06-Security.safetensors")
  }
  page.output(
    "trained for \(seconds.decimals(0)) s, saved \(page.short(saved.url))",
    ["hardeningSeconds": seconds, "hardeningEpochs": settings.epochs])

  // MARK: - The exam

  page.section("The exam")
  exam(page, opponents, plain: trained.model, hardened: model, mnist)

  // MARK: - The mix

  page.section("How much of the batch?")
  compareShares(
    page, training: training, mnist,
    (batch: mix, step: hardening))

  // MARK: - Other families

  page.section("The other families of defence")
  otherFamilies(page)

  // MARK: - Deployment

  page.section("What to do with all this")
  deployment(page, mnist)

  // MARK: - ONNX

  page.section("Take it with you")
  try takeItWithYou(page, model, (tensor: tensor, node: node, model: whole))

  // MARK: - Your guesses

  page.section("How well you knew")
  page.reportCalibration()

  recapitulate(page)
  page.say(
    """
    This was the last chapter. You have seen a network built and trained, looked
    inside, broken it, and measured what a defence buys. From here: change the
    hardening loop above, or attack the hardened model with more steps. It is
    yours to break.
    """)
}
