import Foundation
import Shared

/// Trains one defence anew instead of the lesson.
struct TrainingDesk {
  let page: Page

  init(_ page: Page) { self.page = page }

  /// Trains, measures and saves; or lists what can be trained.
  ///
  /// - Throws: A `UsageError` if there is no such training, a `TutorialError` if
  ///   it runs away or cannot be saved.
  func carryOut(_ name: String) throws {
    if name == "list" { return list() }
    guard let recipe = DefenseRecipe.named(name) else {
      throw UsageError(
        "There is no training `\(name)`. Known: "
          + DefenseRecipe.all.map(\.name).joined(separator: ", ") + ".")
    }
    let data = try page.loadData()
    let seed = page.options.seed
    let file = Defenses.fileName(of: recipe.model)
    try page.workspace.prepare()
    try page.requireRoom(for: recipe.untrained(seed: seed, for: data), as: file)
    let work = recipe.work(on: data)
    let steps = page.full(nil, quick: 30)
    page.say(
      "\(recipe.summary.prefix(1).uppercased() + recipe.summary.dropFirst()): "
        + (steps.map { "only the first \($0) steps" } ?? "\(work.epochs) epochs")
        + " with seed \(seed), "
        + page.full(
          "about \(recipe.seconds) s on two cores.",
          quick: "too few for a good model."))
    let start = ContinuousClock.now
    let (network, _) = try page.progress(
      name, passes: page.full(work.passes, quick: work.passes / 50),
      epochs: work.epochs
    ) {
      try recipe.run(on: data, seed: seed, firstSteps: steps) {
        page.output($0)
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let saved = try page.save(
      DefendedModel.checkpoint(of: network, by: recipe, seed: seed, on: data),
      as: file)
    page.output(
      "trained for \(seconds.decimals(0)) s, saved \(page.short(saved.url))")
    try measure(network, recipe, data)
    page.say(
      "From now on chapter 6 uses this model in the place of the one that "
        + "ships; remove the file to go back.")
  }

  private func list() {
    page.output(
      DefenseRecipe.all.map { recipe in
        recipe.name.padding(toLength: 16, withPad: " ", startingAt: 0)
          + "\(recipe.seconds) s".padding(
            toLength: 8, withPad: " ", startingAt: 0)
          + recipe.summary
      }.joined(separator: "\n"))
  }

  /// What it has come to, on the test images.
  private func measure(
    _ network: Sequential, _ recipe: DefenseRecipe, _ data: MNIST
  ) throws {
    let clean = network.evaluate(on: data.test).accuracy
    page.output("clean: \(clean.withInterval) of \(clean.total.grouped)")
    let few = data.test.first(page.full(100, quick: 20))
    switch recipe.training {
    case .adversarial(let training):
      // It was trained a little beyond what it shall withstand.
      let epsilon = Epsilon.pixels(min(training.epsilon.pixels, 0.3))
      let set = WorstCase.brief(epsilon: epsilon, seed: page.options.seed)
      let run = page.progress(
        "Worst case", passes: few.count * set.passesAtMost
      ) { WorstCaseRun(set, on: few, against: network) }
      page.output(
        "worst case of \(set.members.map { $0.name }.joined(separator: ", ")) at "
          + "ε = \(epsilon.pixels): \(run.accuracy.withInterval) of "
          + "\(few.count)")
    case .interval(let training):
      for epsilon in [.pixels(0.1), training.certifiedEpsilon] {
        let certified = try network.certifiedAccuracy(
          on: data.test, epsilon: epsilon)
        page.output(
          "certified at ε = \(epsilon.pixels): \(certified.withInterval) of "
            + "\(certified.total.grouped)")
      }
    case .noise(let training):
      let smoothing = RandomizedSmoothing(network, sigma: training.sigma)
      let run = SmoothedRun(smoothing, on: few)
      page.output(
        "smoothed, \(few.count) images: \(run.accuracy.withInterval), certified "
          + "within a length of 0.5: "
          + run.certifiedAccuracy(atRadius: 0.5).withInterval)
    }
  }
}
