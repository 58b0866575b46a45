import Foundation
import Testing

@testable import Shared

@Suite struct DefenseRecipeTests {
  @Test func `names differ, and one recipe a model ships`() {
    let names = DefenseRecipe.all.map(\.name)
    #expect(Set(names).count == names.count)
    let models = DefenseRecipe.shipped.map(\.model)
    #expect(Set(models).count == models.count)
    #expect(Set(models) == Set(DefenseRecipe.all.map(\.model)))
    #expect(DefenseRecipe.named("four-steps")?.model == "four-steps")
    #expect(DefenseRecipe.named("four steps") == nil)
  }

  /// The record command compares a hundred; these few run with every test.
  @Test(arguments: DefenseRecipe.all.map(\.name))
  func `the first steps lose what is recorded`(name: String) throws {
    let file = PackageFiles.root.appendingPathComponent(
      "Tests/Fixtures/first_losses.json")
    let recorded = try JSONDecoder().decode(
      [String: [String]].self, from: Data(contentsOf: file))
    let recipe = try #require(DefenseRecipe.named(name))
    let losses = try recipe.run(
      on: MNIST(), seed: 2, firstSteps: 3
    ).losses
    #expect(recorded[name]?.count == 100)
    for (loss, text) in zip(losses, recorded[name] ?? []) {
      let expected = try #require(Double(text))
      #expect(abs(loss - expected) < 0.002)
    }
  }
}
