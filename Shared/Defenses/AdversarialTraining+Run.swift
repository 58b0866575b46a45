extension AdversarialTraining {
  /// What a training has made.
  public struct Outcome: Sendable {
    /// The model as it was after the epoch that is kept.
    public var model: Sequential
    /// The number of that epoch, from 1.
    var keptEpoch: Int
    /// What each epoch did.
    public var epochs: [AdversarialEpoch]
  }

  /// How many images the validation takes, at most.
  public static let validationImages = 500
  private static let validationSteps = 10

  /// Trains a network, and keeps the epoch that withstands PGD best.
  ///
  /// After each epoch the model is measured on validation images, with the
  /// largest ε. Kept is the model of the epoch that left most of them right
  /// under ten steps of PGD, and of equals the later. Rice, Wong and Kolter,
  /// "Overfitting in Adversarially Robust Deep Learning", ICML 2020,
  /// arXiv:2002.11569, found that such early stopping matches the gains of
  /// virtually all improvements on adversarial training until then. Without
  /// validation images the last epoch is kept.
  ///
  /// - Parameters:
  ///   - training: At least one image.
  ///   - untrained: The network to start from. Its dropout is switched off, and
  ///     stays so in the result.
  ///   - validation: Images that are not learned from; the first 500 are used.
  ///   - seed: Decides the order of the images and all random starts.
  ///   - firstSteps: Ends the training after so many steps of the optimizer;
  ///     the schedules stay those of the whole. nil goes to the end.
  ///   - afterEach: Told of each epoch when it is done.
  /// - Returns: The kept model, and what the epochs did.
  /// - Throws: A `TutorialError` if a loss or a gradient is infinite or not a
  ///   number.
  public func run(
    on training: ImageSet, from untrained: Sequential,
    validation: ImageSet? = nil, seed: UInt64, firstSteps: Int? = nil,
    afterEach: (AdversarialEpoch) -> Void = { _ in }
  ) throws -> Outcome {
    let allSteps = optimizerSteps(images: training.count)
    let end = min(firstSteps ?? allSteps, allSteps)
    precondition(
      end > 0 && validation?.count != 0,
      "no images, epochs or steps to train with, or no images to validate on")
    let held = validation?.first(Self.validationImages)
    var model = untrained.withoutDropout
    var optimizer = Adam()
    var outcome = Outcome(model: model, keptEpoch: 0, epochs: [])
    var step = 0
    var mostRight = 0
    for number in 1...epochs where step < end {
      let start = ContinuousClock.now
      var results: [BatchResult] = []
      let batches = training.batches(of: batchSize, seed: seed, epoch: number)
      for (index, batch) in batches.prefix(end - step).enumerated() {
        let progress = Float(step) / Float(allSteps)
        optimizer.learningRate = learningRate(at: progress)
        let gradients = gradients(
          of: model, on: batch, at: progress,
          seed: derivedSeed(seed, .step, step))
        try gradients.requireFinite(epoch: number, batch: index + 1)
        optimizer.update(&model, with: gradients)
        results.append(gradients.result)
        step += 1
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let epoch = AdversarialEpoch(
        number, batches: results,
        validation: held.map { measured(model, on: $0, seed: seed) },
        trainingSeconds: seconds)
      let right = epoch.validation?.pgd.successes ?? 0
      if right >= mostRight {
        mostRight = right
        outcome.model = model
        outcome.keptEpoch = number
      }
      outcome.epochs.append(epoch)
      afterEach(epoch)
    }
    return outcome
  }

  /// What decides which epoch is kept: ten steps of ε ⁄ 4 from a random start,
  /// the same after every epoch.
  func validationAttack(seed: UInt64) -> PGD {
    PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 4),
      steps: Self.validationSteps, seed: seed)
  }

  /// How many steps the optimizer makes in the whole training.
  public func optimizerSteps(images: Int) -> Int {
    epochs * ((images + batchSize - 1) / batchSize)
  }

  /// All passes of the whole training, as `WorkReport` counts them.
  ///
  /// - Parameters:
  ///   - images: The number of training images.
  ///   - validation: The number of validation images.
  /// - Returns: What a progress bar has to expect.
  public func passes(images: Int, validation: Int = 0) -> Int {
    let gradient = WorkReport.passesOfGradient
    let learning = attackSteps * gradient + gradient
    // The clean images once, and what each attack made of them once more.
    let measuring = 1 + (gradient + 1) + (Self.validationSteps * gradient + 1)
    let held = min(validation, Self.validationImages)
    return epochs * (images * learning + held * measuring)
  }

  private func measured(
    _ model: Sequential, on batch: Batch, seed: UInt64
  ) -> AdversarialEpoch.Validation {
    AdversarialEpoch.Validation(
      clean: model.evaluate(on: batch.images, labels: batch.labels).accuracy,
      fgsm: model.accuracy(under: FGSM(epsilon: epsilon), on: batch),
      pgd: model.accuracy(under: validationAttack(seed: seed), on: batch))
  }
}
