import Foundation
import Shared

/// Trains one defence anew instead of the lesson.
struct TrainingDesk {
  let page: Page

  init(_ page: Page) { self.page = page }

  /// Trains, measures and saves; or lists what can be trained.
  ///
  /// - Throws: A `UsageError` if there is no such training, a `TutorialError`
  ///   if it runs away or cannot be saved.
  func carryOut(_ name: String) throws {
    if name == "list" { return list() }
    guard let recipe = DefenseRecipe.named(name) else {
      throw UsageError(
        "There is no training `\(name)`. Known: "
          + DefenseRecipe.all.map(\.name).joined(separator: ", ") + ".")
    }
    let data = try page.loadData()
    try page.workspace.prepare()
    let file = Defenses.fileName(of: recipe)
    let work = recipe.work(on: data)
    try page.refuseToShorten(file, epochs: work.epochs)
    try page.requireRoom(
      for: recipe.untrained(seed: page.options.seed, for: data), as: file)
    let network = try train(recipe, on: data, work)
    let saved = try page.save(
      DefendedModel.checkpoint(
        of: network, by: recipe, seed: page.options.seed, on: data), as: file)
    page.output("saved \(page.short(saved.url))")
    try measure(network, recipe, data)
    page.say(
      page.isQuick
        ? "Quick runs of chapter 6 use this model until you remove the file."
        : "From now on chapter 6 uses this model in the place of the one that "
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

  private func train(
    _ recipe: DefenseRecipe, on data: MNIST, _ work: (epochs: Int, passes: Int)
  ) throws -> Sequential {
    let seed = page.options.seed
    let steps = page.full(nil, quick: 30)
    let (what, time) = (
      steps.map { "only the first \($0) steps" } ?? "\(work.epochs) epochs",
      steps == nil
        ? "about \(recipe.seconds) s on two cores"
        : "too few for a good model"
    )
    page.say(
      "\(recipe.summary.prefix(1).uppercased() + recipe.summary.dropFirst()): "
        + "\(what) with seed \(seed), \(time).")
    let start = ContinuousClock.now
    let network = try page.progress(
      recipe.name,
      passes: steps.map { recipe.passes(on: data, firstSteps: $0) }
        ?? work.passes,
      epochs: steps == nil ? work.epochs : nil
    ) {
      try recipe.run(on: data, seed: seed, firstSteps: steps) {
        page.output($0)
      }.model
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    page.output("trained for \(seconds.decimals(0)) s")
    return network
  }

  /// What it has come to, on the test images.
  private func measure(
    _ network: Sequential, _ recipe: DefenseRecipe, _ data: MNIST
  ) throws {
    let clean = network.evaluate(on: data.test).accuracy
    page.output("clean: \(clean.withInterval) of \(clean.total.grouped)")
    let few = data.test.first(page.full(100, quick: 20))
    switch recipe.training {
    case .adversarial:
      let epsilon = Epsilon.pixels(0.3)
      let set = WorstCase.brief(epsilon: epsilon, seed: page.options.seed)
      let run = page.progress(
        "Worst case", passes: few.count * set.passesAtMost
      ) { WorstCaseRun(set, on: few, against: network) }
      let names = set.members.map { $0.name }.joined(separator: "; ")
      page.output(
        "worst case at ε = \(epsilon.pixels): \(run.accuracy.withInterval) of "
          + "\(few.count)\n(\(names))")
    case .interval:
      for epsilon in [0.1, 0.3].map(Epsilon.pixels) {
        let certified = try network.certifiedAccuracy(
          on: data.test, epsilon: epsilon)
        page.output(
          "certified at ε = \(epsilon.pixels): \(certified.withInterval) of "
            + "\(certified.total.grouped)")
      }
    case .noise(let training):
      let smoothing = RandomizedSmoothing(
        network, sigma: training.sigma, seed: page.options.seed)
      let run = page.progress(
        "Smoothing", passes: smoothing.passes(images: few.count)
      ) { SmoothedRun(smoothing, on: few) }
      page.output(
        "smoothed, \(few.count) images: \(run.accuracy.withInterval)\n"
          + "certified within 0.5: "
          + run.certifiedAccuracy(atRadius: 0.5).withInterval)
    }
  }
}
