import Shared

/// Measures what a requirement is about, or says why nobody can.
struct Gauge {
  let page: Page
  let model: Sequential
  /// What an error calls it.
  let file: String
  let mnist: MNIST
  /// What is measured on.
  let batch: Batch

  /// The images that are read right as they are, of all.
  ///
  /// - Throws: A `TutorialError` if a score is not a finite number.
  func cleanAccuracy() throws -> Proportion {
    try accuracy(on: batch.images, "test")
  }

  /// The share of the images that a measure counts.
  ///
  /// - Returns: That, and each attack's turn if there are several.
  /// - Throws: A `TutorialError` if it cannot be measured, a `UsageError` if an
  ///   attack cannot be made for this data.
  func share(_ measure: Requirement.Measure) throws
    -> (share: Proportion, turns: [WorstCaseRun.Turn])
  {
    switch measure {
    case .clean: return (try cleanAccuracy(), [])
    case .worst(let epsilon): return try attacked(inTurnBy: worstCase(epsilon))
    case .certified(let epsilon): return (try certified(epsilon), [])
    case .attack(let recipe, let epsilon):
      return (try attacked(by: recipe, epsilon), [])
    }
  }

  /// The standard set of attacks, or in a quick run a short form of it.
  func worstCase(_ epsilon: Epsilon) -> WorstCase {
    let seed = page.options.seed
    return page.full(
      .standard(epsilon: epsilon, seed: seed),
      quick: .standard(epsilon: epsilon, seed: seed, steps: 5, queries: 50))
  }

  private func attacked(inTurnBy set: WorstCase) throws
    -> (share: Proportion, turns: [WorstCaseRun.Turn])
  {
    let run = page.progress(
      "Worst case", passes: batch.count * set.passesAtMost
    ) { WorstCaseRun(set, on: batch, against: model) }
    if let turn = run.turns.first(where: { $0.broken > 0 }) {
      throw TutorialError(
        "\(turn.name) moved \(turn.broken.grouped) of \(batch.count.grouped) "
          + "images further than it may, so what it leaves means nothing.")
    }
    return (try accuracy(on: run.images, "attacked"), run.turns)
  }

  private func attacked(by recipe: AttackRecipe, _ epsilon: Epsilon) throws
    -> Proportion
  {
    let attack = try recipe.attack(
      AttackSettings(size: epsilon.pixels, seed: page.options.seed),
      AttackMaterial(for: recipe, against: model, mnist))
    let steps = (recipe.steps ?? 1) * (recipe.restarts ?? 1)
    let checked = page.progress(
      recipe.name, passes: batch.count * steps * recipe.passesPerStep
    ) { AttackRun.Checked(attack, on: batch, against: model) }
    if let (promise, images) = checked.broken.first {
      throw TutorialError(
        "\(recipe.name) broke a promise on \(images.grouped) of "
          + "\(batch.count.grouped) images, so what it leaves means nothing. "
          + promise.whatItMeans)
    }
    return try accuracy(on: checked.run.images, "attacked")
  }

  private func certified(_ epsilon: Epsilon) throws -> Proportion {
    let isCertified = try page.progress(
      "Certifying", passes: batch.count * WorkReport.passesOfBounds
    ) { try model.isCertified(on: batch, epsilon: epsilon) }
    return Proportion(isCertified.count { $0 }, of: batch.count)
  }

  /// Among numbers that are not finite, the largest is no answer.
  private func accuracy(on images: Tensor, _ which: String) throws -> Proportion
  {
    let logits = model.logits(of: images)
    let wild = batch.labels.indices.count { row in
      !logits.row(row).allSatisfy(\.isFinite)
    }
    guard wild == 0 else {
      throw TutorialError(
        "\(file) gives scores that are not finite numbers to \(wild.grouped) "
          + "of \(batch.count.grouped) \(which) images, so nothing can be said "
          + "of it; its weights may be too large.")
    }
    return Proportion(
      zip(predictions(logits), batch.labels).count { $0 == $1 },
      of: batch.count)
  }
}
