/// A training of the security lab with all that is needed to repeat it.
///
/// The models that ship were made with these recipes, and a test of the first
/// hundred steps tells whether they still would be.
public struct DefenseRecipe: Sendable {
  /// What is trained.
  public enum Training: Sendable {
    /// On images that attack the network as it is.
    case adversarial(AdversarialTraining)
    /// On whole boxes of images.
    case interval(IntervalTraining)
    /// On noisy images.
    case noise(NoiseTraining)
  }

  /// As a command takes it, `four-steps`.
  public let name: String
  /// What it is, in a few words.
  public let summary: String
  /// How it is trained.
  public let training: Training
  /// About how long that takes on two cores, in seconds.
  public let seconds: Int

  /// All of them; each has made a model that ships.
  public static let all = [
    DefenseRecipe(
      name: "four-steps", summary: "adversarial training, PGD with four steps",
      training: .adversarial(.fourSteps), seconds: 120),
    DefenseRecipe(
      name: "interval-0.3",
      summary: "interval training, to be certified at 0.3",
      training: .interval(.large), seconds: 170),
    DefenseRecipe(
      name: "interval-0.1",
      summary: "interval training, to be certified at 0.1",
      training: .interval(.small), seconds: 170),
    DefenseRecipe(
      name: "noise-0.25", summary: "noise with σ = 0.25, to be smoothed",
      training: .noise(NoiseTraining(sigma: 0.25)),
      seconds: 30),
    DefenseRecipe(
      name: "noise-0.5", summary: "noise with σ = 0.5, to be smoothed",
      training: .noise(NoiseTraining(sigma: 0.5)),
      seconds: 30),
  ]

  /// The recipe of that name.
  public static func named(_ name: String) -> DefenseRecipe? {
    all.first { $0.name == name }
  }

  /// The network before its training.
  public func untrained(seed: UInt64, for data: MNIST) -> Sequential {
    switch training {
    case .adversarial, .noise: .notebookNetwork(seed: seed, for: data)
    case .interval: .intervalNetwork(seed: seed, for: data)
    }
  }

  /// Trains it.
  ///
  /// - Parameters:
  ///   - data: The data set; a twelfth of its training images decides between
  ///     epochs and is not learned from.
  ///   - seed: Decides weights, order and noise.
  ///   - firstSteps: Ends the training after so many steps, without looking at
  ///     the held out images; nil goes to the end.
  ///   - afterEach: Told of each epoch, in words.
  /// - Returns: The model, and the loss of each step.
  /// - Throws: A `TutorialError` if the training runs away.
  public func run(
    on data: MNIST, seed: UInt64, firstSteps: Int? = nil,
    afterEach: (String) -> Void = { _ in }
  ) throws -> (model: Sequential, losses: [Double]) {
    let (learned, held) = images(of: data, seed: seed)
    let decides = firstSteps == nil ? held : nil
    let start = untrained(seed: seed, for: data)
    switch training {
    case .adversarial(let recipe):
      let outcome = try recipe.run(
        on: learned, from: start, validation: decides, seed: seed,
        firstSteps: firstSteps
      ) { afterEach("\($0)") }
      return (outcome.model, losses(outcome.epochs.flatMap(\.batches)))
    case .interval(let recipe):
      let outcome = try recipe.run(
        on: learned, from: start, validation: decides, seed: seed,
        firstSteps: firstSteps
      ) { afterEach("\($0)") }
      return (outcome.model, losses(outcome.epochs.flatMap(\.batches)))
    case .noise(let recipe):
      let outcome = try recipe.run(
        on: learned, from: start, seed: seed, firstSteps: firstSteps
      ) { epoch, steps in
        afterEach("epoch \(epoch): loss \(steps.meanLoss.decimals(3))")
      }
      return (outcome.model, losses(outcome.steps))
    }
  }

  /// Its epochs, and all its passes as `WorkReport` counts them.
  public func work(on data: MNIST) -> (epochs: Int, passes: Int) {
    let held = ImageSet.heldOutCount(of: data.training.count)
    let learned = data.training.count - held
    switch training {
    case .adversarial(let recipe):
      return (recipe.epochs, recipe.passes(images: learned, validation: held))
    case .interval(let recipe):
      return (recipe.epochs, recipe.passes(images: learned, validation: held))
    case .noise(let recipe):
      return (recipe.epochs, recipe.passes(images: learned))
    }
  }

  /// All passes of a training that ends after so many steps, as `WorkReport`
  /// counts them.
  ///
  /// - Parameters:
  ///   - data: The data set.
  ///   - firstSteps: As in `run`.
  /// - Returns: What a progress bar has to expect.
  public func passes(on data: MNIST, firstSteps: Int) -> Int {
    let learned =
      data.training.count - ImageSet.heldOutCount(of: data.training.count)
    let epochs: Int
    let batchSize: Int
    // Of one image, in all epochs.
    let passes: Int
    switch training {
    case .adversarial(let recipe):
      (epochs, batchSize) = (recipe.epochs, recipe.batchSize)
      passes = recipe.passes(images: 1)
    case .interval(let recipe):
      (epochs, batchSize) = (recipe.epochs, recipe.batchSize)
      passes = recipe.passes(images: 1)
    case .noise(let recipe):
      (epochs, batchSize) = (recipe.epochs, recipe.batchSize)
      passes = recipe.passes(images: 1)
    }
    // The last batch of an epoch may be smaller.
    let stepsOfEpoch = (learned + batchSize - 1) / batchSize
    let (whole, rest) = min(firstSteps, epochs * stepsOfEpoch)
      .quotientAndRemainder(dividingBy: stepsOfEpoch)
    return (whole * learned + rest * batchSize) * passes / epochs
  }

  private func images(of data: MNIST, seed: UInt64)
    -> (learned: ImageSet, held: ImageSet)
  {
    let split = data.training.split(
      holdingOut: ImageSet.heldOutCount(of: data.training.count), seed: seed)
    return (
      data.training.subset(split.training),
      data.training.subset(split.validation)
    )
  }

  private func losses(_ steps: [BatchResult]) -> [Double] { steps.map(\.loss) }
}
