import Foundation
import Shared

/// Prints what an attack has come to, and keeps it as JSON.
struct AttackReport {
  let page: Page
  let recipe: AttackRecipe
  let settings: AttackSettings
  let batch: Batch
  let target: Int?
  let model: Sequential

  /// Runs one attack and its audit.
  ///
  /// - Returns: Whether the attack kept its promises.
  /// - Throws: A `TutorialError` if the attack cannot be made.
  func attack(_ material: AttackMaterial) throws -> Bool {
    let attack = try recipe.attack(settings, material)
    let steps = settings.steps ?? recipe.steps ?? 1
    let starts = settings.restarts ?? recipe.restarts ?? 1
    let clock = ContinuousClock.now
    let checked = page.progress(
      recipe.name,
      passes: batch.count * steps * starts * recipe.passesPerStep
    ) {
      AttackRun.Checked(attack, on: batch, target: target, against: model)
    }
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    row(checked.run.accuracy, checked.run.meanPasses, seconds)
    details(checked.run)
    guard promises(checked.broken) else { return false }
    try audit(material)
    return true
  }

  /// Runs several attacks in turn.
  func worstCase(_ attack: WorstCase) {
    let clock = ContinuousClock.now
    let run = page.progress(
      recipe.name, passes: batch.count * attack.passesAtMost
    ) { WorstCaseRun(attack, on: batch, against: model) }
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    row(run.accuracy, run.meanPasses, seconds)
    page.tableOfTurns(run.turns)
    page.record("stillRight", run.stands.indices.filter { run.stands[$0] })
    for turn in run.turns where turn.broken > 0 {
      page.say(
        "**Careful:** \(turn.name) moved \(turn.broken.grouped) images further "
          + "than it may. They do not count as fallen.")
    }
  }

  /// Writes the numbers, after everything else.
  ///
  /// - Returns: What was written, as a path.
  /// - Throws: A `TutorialError` if it cannot be written.
  func save() throws -> String {
    let name = "\(page.chapter)-\(recipe.name).json"
    try page.workspace.write(page.encodedResults(), to: name)
    return page.short(page.workspace.url(name))
  }

  private func row(
    _ accuracy: Proportion, _ passes: (forward: Double, backward: Double),
    _ seconds: Double
  ) {
    let clean = model.evaluate(on: batch.images, labels: batch.labels).accuracy
    page.table(
      "\(recipe.name): \(recipe.summary) (\(recipe.source))",
      columns: [
        "needs", "size", "images", "clean", "accuracy under it",
        "passes", "s",
      ],
      rows: [
        [
          "\(recipe.knowledge)", size, batch.count.grouped,
          clean.value.percent(1), accuracy.withInterval,
          "\(passes.forward.decimals(0)) + \(passes.backward.decimals(0))",
          seconds.decimals(1),
        ]
      ],
      [
        "attack": recipe.name, "knowledge": "\(recipe.knowledge)",
        "size": settings.size, "steps": settings.steps ?? recipe.steps,
        "restarts": settings.restarts ?? recipe.restarts, "images": batch.count,
        "cleanAccuracy": clean,
        "accuracy": accuracy, "forwardPasses": passes.forward,
        "backwardPasses": passes.backward, "attackSeconds": seconds,
        "target": target,
      ])
  }

  private var size: String {
    switch recipe.norm {
    case .maximum: settings.size.map { "ε = \($0)" } ?? "nearest"
    case .euclidean: settings.size.map { "ℓ2 ≤ \($0)" } ?? "nearest"
    case nil: "a patch"
    }
  }

  /// How far the images had to go, and how often the model was asked.
  private func details(_ run: AttackRun) {
    let norm = recipe.norm ?? .euclidean
    var lines: [String] = []
    if let target {
      lines.append("answered \(target): \(run.success.withInterval)")
    }
    if let distance = run.medianDistance(norm) {
      lines.append(
        "median distance of the images that met their goal: "
          + "\(distance.decimals(3)) (\(norm.rawValue))")
    }
    if [.labels, .scores].contains(recipe.knowledge),
      let queries = run.medianQueries
    {
      lines.append(
        "median queries of the images that met their goal: "
          + "\(Int(queries).grouped)")
    }
    if !lines.isEmpty { page.output(lines.joined(separator: "\n")) }
    page.record(
      "stillRight",
      run.goals.indices.filter { run.answers[$0] == run.goals[$0].label })
    page.record("success", run.success)
    page.record("medianDistance", run.medianDistance(norm))
    page.record("medianQueries", run.medianQueries)
  }
}
