import Lesson
import Shared

/// The networks of this chapter, and what was found out about them.
final class Lab {
  let page: Page
  let trained: TrainedModel
  let mnist: MNIST
  /// Those that ship, or the learner's own in their place.
  let defenses: Defenses
  /// The one that this run has trained.
  var hardened: Sequential?
  /// What is known for the scoreboard, in the order in which it was found.
  private(set) var scores: [Score] = []
  /// What several attacks have left, by the name of the network.
  var worstCases: [String: WorstCaseRun] = [:]
  /// What smoothing with noise of 0.5 has certified.
  var smoothed: SmoothedRun?
  /// What PGD leaves of it at 0.3.
  var smoothedUnderPGD: Proportion?

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

  /// Which images bounds certify; nil if there is a layer that they do not
  /// know, as the network may be anybody's.
  func certified(_ network: Sequential, _ batch: Batch, _ epsilon: Epsilon)
    -> [Bool]?
  {
    try? network.isCertified(on: batch, epsilon: epsilon)
  }

  /// The images that several attacks together are measured on.
  var few: Batch { mnist.test.first(page.full(100, quick: 10, long: 1000)) }

  /// The set of attacks that this run has time for.
  func worstCase(_ epsilon: Epsilon) -> WorstCase {
    let seed = page.options.seed
    return page.full(
      .brief(epsilon: epsilon, seed: seed),
      quick: .standard(epsilon: epsilon, seed: seed, steps: 5, queries: 50),
      long: .standard(epsilon: epsilon, seed: seed))
  }

  /// The live model: of this run, else as it was saved, else trained now.
  func needHardened() throws -> Sequential {
    if let hardened { return hardened }
    var network = Sequential.notebookNetwork(seed: 0, for: mnist).withoutDropout
    if page.workspace.has(hardenedFile) {
      let saved = try withRemedy(
        "remove it, and it is trained again"
      ) { try page.workspace.load(hardenedFile) }
      if saved["data.sha256"] == mnist.sha256 {
        try network.load(saved.contents.tensors, from: saved.url.path)
        hardened = network
        return network
      }
    }
    let recipe = liveRecipe(page)
    let (training, validation) = try trainingImages(page, mnist)
    network = try page.progress(
      "Hardening",
      passes: recipe.passes(
        images: training.count, validation: validation.count),
      epochs: recipe.epochs
    ) {
      try recipe.run(
        on: training,
        from: .notebookNetwork(seed: page.options.seed, for: mnist),
        validation: validation, seed: page.options.seed
      ).model
    }
    hardened = network
    return network
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
