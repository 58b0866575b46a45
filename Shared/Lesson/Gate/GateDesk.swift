import Foundation
import Shared

/// Checks a model against a requirement instead of the lesson.
struct GateDesk {
  let page: Page
  let wishes: GateWishes

  init(_ page: Page, _ wishes: GateWishes) {
    self.page = page
    self.wishes = wishes
  }

  /// Does it and returns the exit code: 0 if the requirement is met, 4 if not.
  ///
  /// - Throws: A `UsageError` if the flags make no sense, a `TutorialError` if
  ///   a file does not or the model cannot be measured.
  func carryOut() throws -> Int32 {
    let name = "\(page.chapter)-require.json"
    try removeOldVerdict(page.workspace.url(name))
    let requirement = try Requirement(wishes.requirement ?? "")
    try page.workspace.prepare()
    let mnist = try page.loadData()
    let batch = try page.testImages(
      wishes.images, orElse: page.full(200, quick: 50), of: mnist)
    let trained = try page.loadTrainedModel(mnist)
    let file = page.short(trained.checkpoint.url)
    page.output(
      "model:   \(file)\nSHA-256: \(trained.checkpoint.sha256)",
      ["modelFile": file])
    let gauge = Gauge(
      page: page, model: trained.model, file: file, mnist: mnist, batch: batch)
    let clean = try gauge.cleanAccuracy()
    page.say(inWords(requirement.measure, gauge))
    let (share, turns) = try gauge.share(requirement.measure)
    if !turns.isEmpty { page.tableOfTurns(turns) }
    report(requirement, share, clean)
    if share.interval95.contains(requirement.limit) {
      page.say(cannotTell(batch.count, of: mnist.test.count))
    }
    try page.workspace.write(page.encodedResults(), to: name)
    page.output("saved \(page.short(page.workspace.url(name)))")
    return requirement.isMet(by: share) ? 0 : 4
  }

  /// What cannot be measured must not leave an older verdict in its place.
  private func removeOldVerdict(_ url: URL) throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    do { try FileManager.default.removeItem(at: url) } catch {
      throw TutorialError(
        "\(url.path) holds an older verdict and cannot be removed "
          + "(\(error.localizedDescription)).")
    }
  }

  private func report(
    _ requirement: Requirement, _ share: Proportion, _ clean: Proportion
  ) {
    let isMet = requirement.isMet(by: share)
    func line(_ share: Proportion) -> String {
      "\(share.withInterval), \(share.successes.grouped) of "
        + "\(share.total.grouped) images"
    }
    let interval = share.interval95
    page.output(
      """
      required: \(requirement), \(requirement.limitInWords)
      measured: \(line(share))
      clean:    \(line(clean))
      \(isMet ? "met" : "not met")
      """,
      [
        "requirement": "\(requirement)", "measure": requirement.measure.name,
        "epsilon": requirement.measure.epsilon?.pixels,
        "limit": requirement.limit, "images": share.total,
        "share": share,
        "interval95": [interval.lowerBound, interval.upperBound],
        "cleanAccuracy": clean, "isMet": isMet,
      ])
  }

  /// What is counted, and what the number can prove.
  private func inWords(_ measure: Requirement.Measure, _ gauge: Gauge)
    -> String
  {
    let images = "of the first \(gauge.batch.count.grouped) test images"
    switch measure {
    case .clean:
      return "Counted: those \(images) that are read right as they are."
    case .worst(let epsilon):
      let names = gauge.worstCase(epsilon).members.map(\.name)
      return """
        Counted: those \(images) that are read right as they are and after each
        of \(names.joined(separator: "; ")), no pixel moved further than
        $ε$ = \(epsilon). Another attack may leave fewer.\(page.isQuick
          ? " This quick run shortens the standard set, to 5 steps and 50 "
            + "queries, so a full one may leave fewer, too." : "")
        """
    case .certified(let epsilon):
      return """
        Counted: those \(images) of which interval bounds prove that no change
        of at most $ε$ = \(epsilon) a pixel turns the right answer. The others
        may withstand it all the same.
        """
    case .attack(let recipe, let epsilon):
      return """
        Counted: those \(images) that are still read right under
        `\(recipe.name)`, \(recipe.summary) (\(recipe.source)), with
        $ε$ = \(epsilon)\(budget(of: recipe)). Another attack may leave fewer.
        """
    }
  }

  private func budget(of recipe: AttackRecipe) -> String {
    let steps = recipe.steps.map {
      ", \($0.grouped) \(recipe.knowledge == .scores ? "queries" : "steps")"
    }
    let starts = recipe.restarts.map { ", \($0) start\($0 == 1 ? "" : "s")" }
    return (steps ?? "") + (starts ?? "")
  }

  /// What to say if the limit lies in the interval.
  private func cannotTell(_ count: Int, of total: Int) -> String {
    "The limit lies inside the 95 % interval: \(count.grouped) images cannot "
      + "tell the share and the limit apart."
      + (count < total
        ? " Ask for more with `--images N`, of \(total.grouped)."
        : " This data has no more of them.")
  }
}
