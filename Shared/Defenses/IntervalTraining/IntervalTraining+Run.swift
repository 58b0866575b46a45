extension IntervalTraining {
  /// What a training has made.
  public struct Outcome: Sendable {
    /// The model after the last epoch.
    public var model: Sequential
    /// What each epoch did.
    public var epochs: [IntervalEpoch]
  }

  /// Trains a network on the bounds of its own outputs.
  ///
  /// - Parameters:
  ///   - training: At least one image.
  ///   - untrained: The network to start from, as a rule
  ///     `Sequential.intervalNetwork`; its last layer must be linear.
  ///   - validation: Images that are not learned from, to be classified and
  ///     certified after each epoch.
  ///   - seed: Decides the order of the images.
  ///   - firstSteps: Ends the training after so many steps of the optimizer,
  ///     with the schedule of the whole; nil goes to the end.
  ///   - afterEach: Told of each epoch when it is done.
  /// - Returns: The model, and what the epochs did.
  /// - Throws: A `TutorialError` that names a layer that bounds cannot pass, or
  ///   if a loss or a gradient is not a finite number.
  public func run(
    on training: ImageSet, from untrained: Sequential,
    validation: ImageSet? = nil, seed: UInt64, firstSteps: Int? = nil,
    afterEach: (IntervalEpoch) -> Void = { _ in }
  ) throws -> Outcome {
    let allSteps = optimizerSteps(images: training.count)
    let end = min(firstSteps ?? allSteps, allSteps)
    precondition(
      end > 0 && validation?.count != 0,
      "no images, epochs or steps to train with, or no images to validate on")
    var optimizer = Adam()
    var outcome = Outcome(model: untrained, epochs: [])
    var step = 0
    for number in 1...epochs where step < end {
      let start = ContinuousClock.now
      var results: [BatchResult] = []
      let batches = training.batches(of: batchSize, seed: seed, epoch: number)
      for (index, batch) in batches.prefix(end - step).enumerated() {
        let now = schedule(at: Float(step) / Float(allSteps))
        let gradients = try Self.gradients(
          of: outcome.model, on: batch, epsilon: now.epsilon, kappa: now.kappa)
        try gradients.requireFinite(epoch: number, batch: index + 1)
        optimizer.learningRate = now.learningRate
        optimizer.update(&outcome.model, with: gradients)
        results.append(gradients.result)
        step += 1
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let last = schedule(at: Float(step) / Float(allSteps))
      let epoch = IntervalEpoch(
        number, epsilon: last.epsilon, kappa: last.kappa, batches: results,
        validation: try measured(outcome.model, on: validation),
        trainingSeconds: seconds)
      outcome.epochs.append(epoch)
      afterEach(epoch)
    }
    return outcome
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
    epochs
      * (images * Self.passesOfGradient
        + validation * (1 + WorkReport.passesOfBounds))
  }

  private func measured(_ model: Sequential, on validation: ImageSet?) throws
    -> IntervalEpoch.Validation?
  {
    guard let validation else { return nil }
    return IntervalEpoch.Validation(
      clean: model.evaluate(on: validation).accuracy,
      certified: try model.certifiedAccuracy(
        on: validation, epsilon: certifiedEpsilon))
  }
}
