import Foundation

/// Training on noisy images, for a network that is to be smoothed.
///
/// Each step adds fresh normal noise to its batch, of the size that
/// `RandomizedSmoothing` will add, and clips nothing. Cohen, Rosenfeld and
/// Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML
/// 2019, arXiv:1902.02918, train their networks so: one that has never seen
/// such noise need not be right about it, and a certificate takes a network
/// that nearly always is. The optimizer is Adam, and dropout is off.
public struct NoiseTraining: Sendable, Equatable {
  /// The standard deviation of the noise, in pixels.
  public var sigma: Float
  /// Passes over the training images.
  public var epochs: Int
  /// Images a step.
  public var batchSize = TrainingSettings().batchSize
  /// The learning rate at the beginning.
  public var highestRate = TrainingSettings().learningRate

  /// A training with noise of that size.
  public init(sigma: Float, epochs: Int = TrainingSettings().epochs) {
    precondition(
      sigma >= 0 && sigma.isFinite,
      "σ is no less than 0 and finite, got \(sigma)")
    precondition(epochs > 0, "a training takes at least one epoch")
    self.sigma = sigma
    self.epochs = epochs
  }

  /// The learning rate where so much of the training, 0...1, is done: half a
  /// cosine, from the highest rate down to 0.
  ///
  /// Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm
  /// Restarts", ICLR 2017, arXiv:1608.03983, equation 5, without a restart.
  public func learningRate(at progress: Float) -> Float {
    highestRate * (1 + cos(.pi * progress)) / 2
  }

  /// Adds noise to a batch and asks for the gradients of the mean loss.
  ///
  /// - Parameters:
  ///   - model: The model in training.
  ///   - batch: Clean images with their labels.
  ///   - seed: That of this step: `derivedSeed(seed, .step, step)`, where steps
  ///     count from 0 over all epochs.
  /// - Returns: What one step of the optimizer needs.
  public func gradients(of model: Sequential, on batch: Batch, seed: UInt64)
    -> BatchGradients
  {
    let noisy = Batch(
      images: batch.images.withGaussianNoise(sigma, seed: seed),
      labels: batch.labels)
    return model.withoutDropout.parameterGradients(
      on: noisy, mode: .training(seed: seed))
  }

  /// Trains a network.
  ///
  /// - Parameters:
  ///   - training: At least one image.
  ///   - untrained: The network to start from. Its dropout is switched off, and
  ///     stays so in the result.
  ///   - seed: Decides the order of the images and the noise.
  ///   - firstSteps: Ends the training after so many steps; the learning rate
  ///     stays that of the whole. nil goes to the end.
  ///   - afterEach: Told the number of each epoch, from 1, and what its steps
  ///     came to.
  /// - Returns: The model, and what each step came to.
  /// - Throws: A `TutorialError` if a loss or a gradient is not finite.
  public func run(
    on training: ImageSet, from untrained: Sequential, seed: UInt64,
    firstSteps: Int? = nil,
    afterEach: (_ epoch: Int, _ steps: [BatchResult]) -> Void = { _, _ in }
  ) throws -> (model: Sequential, steps: [BatchResult]) {
    let allSteps = optimizerSteps(images: training.count)
    let end = min(firstSteps ?? allSteps, allSteps)
    precondition(end > 0, "no images or no steps to train with")
    var model = untrained.withoutDropout
    var optimizer = Adam()
    var results: [BatchResult] = []
    for epoch in 1...epochs where results.count < end {
      let first = results.count
      let batches = training.batches(of: batchSize, seed: seed, epoch: epoch)
      for (number, batch) in batches.prefix(end - first).enumerated() {
        let step = first + number
        optimizer.learningRate = learningRate(
          at: Float(step) / Float(allSteps))
        let found = gradients(
          of: model, on: batch, seed: derivedSeed(seed, .step, step))
        try found.requireFinite(epoch: epoch, batch: number + 1)
        optimizer.update(&model, with: found)
        results.append(found.result)
      }
      afterEach(epoch, Array(results[first...]))
    }
    return (model, results)
  }

  /// How many steps the optimizer makes in the whole training.
  public func optimizerSteps(images: Int) -> Int {
    epochs * ((images + batchSize - 1) / batchSize)
  }

  /// All passes of the whole training, as `WorkReport` counts them.
  public func passes(images: Int) -> Int {
    epochs * images * WorkReport.passesOfGradient
  }
}
