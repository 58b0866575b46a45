import Foundation
import Shared

/// Runs one attack instead of the lesson, and says whether to believe it.
struct AttackDesk {
  let page: Page
  let wishes: AttackWishes

  init(_ page: Page, _ wishes: AttackWishes) {
    self.page = page
    self.wishes = wishes
  }

  /// Does it and returns the exit code: 1 if the attack broke a promise.
  ///
  /// - Throws: A `UsageError` if the flags make no sense, a `TutorialError` if a
  ///   file does not.
  func carryOut() throws -> Int32 {
    if wishes.name == "list" {
      list()
      return 0
    }
    let recipe = try recipe()
    let settings = try settings(for: recipe)
    let mnist = try page.loadData()
    let batch = try images(mnist, recipe)
    let model = try page.loadTrainedModel(mnist).model
    let material = try AttackMaterial(for: recipe, against: model, mnist)
    let report = AttackReport(
      page: page, recipe: recipe, settings: settings, batch: batch,
      target: wishes.target, model: model)
    var isHonest = true
    if isWorstCase(recipe) {
      report.worstCase(
        wishes.isThorough
          ? .standard(epsilon: settings.epsilon, seed: settings.seed)
          : .brief(epsilon: settings.epsilon, seed: settings.seed))
    } else {
      isHonest = try report.attack(material)
    }
    page.output("saved \(try report.save())")
    return isHonest ? 0 : 1
  }

  private func isWorstCase(_ recipe: AttackRecipe) -> Bool {
    recipe.name == AttackRecipe.worstCase.name
  }

  private func list() {
    func line(_ name: String, _ needs: String, _ size: String, _ does: String)
      -> String
    {
      [(name, 16), (needs, 11), (size, 4)].reduce("") { line, cell in
        line + cell.0.padding(toLength: cell.1, withPad: " ", startingAt: 0)
      } + does
    }
    page.output(
      ([line("NAME", "needs", "", "what it does")]
        + AttackRecipe.all.map { recipe in
          line(
            recipe.name, "\(recipe.knowledge)", recipe.norm?.rawValue ?? "",
            recipe.summary)
        }).joined(separator: "\n"))
  }

  private func recipe() throws -> AttackRecipe {
    let name = wishes.name ?? AttackRecipe.worstCase.name
    if let recipe = AttackRecipe.named(name) {
      guard isWorstCase(recipe) || !wishes.isThorough else {
        throw UsageError(
          "--thorough belongs to the worst case of several attacks, not to "
            + "\(name); leave one of the two out.")
      }
      return recipe
    }
    let known = AttackRecipe.all.map(\.name)
    throw UsageError(
      "There is no attack `\(name)`; the nearest name is "
        + "\(known.nearest(to: name) ?? "none"). Known: "
        + known.joined(separator: ", ") + ".")
  }

  private func settings(for recipe: AttackRecipe) throws -> AttackSettings {
    func refuse(_ flag: String, _ given: Bool, _ takes: Bool) throws {
      guard given && !takes else { return }
      throw UsageError("\(recipe.name) takes no \(flag); leave it out.")
    }
    try refuse("--epsilon", wishes.size != nil, recipe.norm != nil)
    try refuse("--steps", wishes.steps != nil, recipe.steps != nil)
    try refuse("--restarts", wishes.restarts != nil, recipe.restarts != nil)
    try refuse("--target", wishes.target != nil, recipe.takesTarget)
    try refuse("--side", wishes.side != nil, recipe.norm == nil)
    if let size = wishes.size { try check(size, for: recipe) }
    return AttackSettings(
      size: wishes.size ?? recipe.size, steps: wishes.steps,
      restarts: wishes.restarts, seed: page.options.seed,
      target: wishes.target, side: wishes.side)
  }

  /// Pixels lie between 0 and 1, so nothing moves further than that.
  private func check(_ size: Float, for recipe: AttackRecipe) throws {
    let pixels = MNIST.imageShape.reduce(1, *)
    let most = recipe.norm == .euclidean ? Float(pixels).squareRoot() : 1
    guard size > most else { return }
    throw UsageError(
      "--epsilon counts pixels, black 0 and white 1, so \(recipe.name) takes "
        + "a number from 0 to \(Double(most).shortest), got "
        + "\(Double(size).shortest)."
        + (recipe.norm == .maximum && size <= 255
          ? " If you mean levels of 255, that is "
            + "\(Double(size / 255).shortest)."
          : ""))
  }

  private func images(_ mnist: MNIST, _ recipe: AttackRecipe) throws -> Batch {
    let classes = mnist.classNames.count
    if let target = wishes.target, target >= classes {
      throw UsageError(
        "--target takes a class from 0 to \(classes - 1), got \(target).")
    }
    let all = try page.testImages(
      wishes.images, orElse: page.full(1000, quick: 100), of: mnist)
    let count = all.count
    guard let target = wishes.target else { return all }
    let rows = all.labels.indices.filter { all.labels[$0] != target }
    guard !rows.isEmpty else {
      throw UsageError(
        "All \(count.grouped) images are of class \(target), the target: there "
          + "is nothing to attack.")
    }
    if rows.count < count {
      page.say(
        "\((count - rows.count).grouped) of the first \(count.grouped) images "
          + "are of class \(target) already and are left out.")
    }
    return Batch(
      images: all.images.rows(rows), labels: rows.map { all.labels[$0] })
  }
}
