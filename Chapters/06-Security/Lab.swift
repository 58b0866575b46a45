import Lesson
import Shared

/// The networks of this chapter, and what was found out about them.
final class Lab {
  let page: Page
  let trained: TrainedModel
  let mnist: MNIST
  /// Those that ship, or the learner's own in their place.
  let defenses: Defenses
  /// The largest ε of this chapter, and of most of its attacks.
  let strongest = Epsilon.pixels(0.3)
  /// The one that this run has trained, and in how many passes.
  var hardened: Sequential?
  var hardenedPasses: Int?
  /// What is known for the scoreboard, in the order in which it was found.
  private(set) var scores: [Score] = []
  /// Which of `few` no attack has turned at the largest ε, by network.
  var standingAfterAll: [String: [Bool]] = [:]
  /// What smoothing with noise of 0.5 has certified.
  var smoothed: SmoothedRun?
  var rungs: [Rung] = []
  /// What changes outside the box have left of each network.
  var beyond: [BeyondRow] = []

  init(_ page: Page, _ trained: TrainedModel, _ mnist: MNIST) throws {
    self.page = page
    self.mnist = mnist
    self.trained = trained
    defenses = try Defenses(
      in: page.workspace, data: mnist, flags: page.commandFlags)
    sayWhichModels()
  }

  /// The model of chapter 3.
  var plain: Sequential { trained.model }

  /// The images that several attacks together are measured on.
  var few: Batch { mnist.test.first(page.full(100, quick: 10, long: 1000)) }

  /// How many images a training learns from.
  var learnedCount: Int {
    mnist.training.count
      - TrainingInputs.validationCount(of: mnist.training.count)
  }

  /// Which images bounds certify; nil if there is a layer that they do not
  /// know, as the network may be anybody's.
  func certified(_ network: Sequential, _ batch: Batch, _ epsilon: Epsilon)
    -> [Bool]?
  {
    try? network.isCertified(on: batch, epsilon: epsilon)
  }

  /// The set of attacks that this run has time for.
  func worstCase(_ epsilon: Epsilon) -> WorstCase {
    let seed = page.options.seed
    return page.full(
      .brief(epsilon: epsilon, seed: seed),
      quick: .standard(epsilon: epsilon, seed: seed, steps: 5, queries: 50),
      long: .standard(epsilon: epsilon, seed: seed))
  }

  /// The network trained with noise of that size, to be asked about so many
  /// noisy copies of an image.
  func smoothing(sigma: Float = 0.5, copies: Int = 1000) -> RandomizedSmoothing?
  {
    defenses["noise-\(sigma)"].map {
      RandomizedSmoothing(
        $0, sigma: sigma, estimationCount: copies, seed: page.options.seed)
    }
  }

  /// The live model: of this run, else as it was saved by one with the same
  /// settings, else trained now.
  func needHardened() throws -> Sequential {
    let network = try hardened ?? savedHardened() ?? harden().model
    hardened = network
    return network
  }

  private func savedHardened() throws -> Sequential? {
    guard page.workspace.has(hardenedFile) else { return nil }
    return try withRemedy("remove it, and it is trained again") {
      let saved = try page.workspace.load(hardenedFile)
      var network = Sequential.notebookNetwork(seed: 0, for: mnist)
        .withoutDropout
      guard saved["data.sha256"] == mnist.sha256,
        saved["seed"] == "\(page.options.seed)",
        saved["architecture"] == network.architecture
      else { return nil }
      try network.load(saved.contents.tensors, from: saved.url.path)
      page.say(
        "The one-step model is the one in `\(page.short(saved.url))`.")
      return network
    }
  }

  /// One-step adversarial training with a progress bar.
  func harden() throws -> AdversarialTraining.Outcome {
    let recipe = liveRecipe(page)
    let (training, validation) = try trainingImages(page, mnist)
    let passes = recipe.passes(
      images: training.count, validation: validation.count)
    hardenedPasses = passes
    return try page.progress(
      "Hardening", passes: passes, epochs: recipe.epochs
    ) {
      try recipe.run(
        on: training,
        from: .notebookNetwork(seed: page.options.seed, for: mnist),
        validation: validation, seed: page.options.seed)
    }
  }

  /// Adds a row to the scoreboard.
  func note(_ score: Score) { scores.append(score) }

  private func sayWhichModels() {
    func names(_ models: [String]) -> String {
      models.map { "`\($0)`" }.joined(separator: ", ")
    }
    if !defenses.unfit.isEmpty {
      page.say(
        """
        **Careful:** of the defended models \(names(defenses.unfit)) were
        trained for other data or another network than those of this run, so
        they are left out. `--retrain list` names the trainings that make them
        anew.
        """)
    }
    if !defenses.own.isEmpty {
      page.say("Trained anew by you, and used here: \(names(defenses.own)).")
    }
  }
}
