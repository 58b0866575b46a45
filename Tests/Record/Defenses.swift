import Foundation
import Lesson
import Shared

/// The defended models of chapter 6 as they ship, trained anew.
///
/// On a processor that rounds otherwise the weights differ a little; the
/// recipes are the same.
func defenseFiles() throws -> [RecordedFile] {
  let data = try MNIST()
  return try DefenseRecipe.all.map { recipe in
    print("training", recipe.name)
    let (network, _) = try recipe.run(on: data, seed: Options.defaultSeed) {
      print($0)
    }
    let checkpoint = DefendedModel.checkpoint(
      of: network, by: recipe, seed: Options.defaultSeed, on: data)
    let file = PackageFiles.defense(recipe.name)
    return RecordedFile(
      path: "Shared/Pretrained/\(file.lastPathComponent)",
      content: try checkpoint.encoded())
  }
}

/// What the first hundred steps of each recipe lose, in three digits: enough
/// to notice another recipe, and no more than two processors agree upon.
func firstLosses() throws -> RecordedFile {
  let data = try MNIST()
  var losses: [String: [String]] = [:]
  for recipe in DefenseRecipe.all {
    print("first steps of", recipe.name)
    losses[recipe.name] = try recipe.run(
      on: data, seed: Options.defaultSeed, firstSteps: 100
    ).losses.map { $0.decimals(3) }
  }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  return RecordedFile(
    path: "Tests/Fixtures/first_losses.json",
    content: try encoder.encode(losses) + Data("\n".utf8))
}
