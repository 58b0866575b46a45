import Foundation
import Testing

@testable import Shared

@Suite struct DefenseRecipeTests {
  @Test func `names differ and lead to their recipes`() {
    let names = DefenseRecipe.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { DefenseRecipe.named($0)?.name == $0 })
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
    let data = try MNIST()
    let heard = HeardReports()
    let losses = try WorkReport.$observer.withValue(heard) {
      try recipe.run(on: data, seed: 2, firstSteps: 3).losses
    }
    let passes = heard.reports.reduce(0) { $0 + $1.passes }
    #expect(passes == recipe.passes(on: data, firstSteps: 3))
    #expect(recorded[name]?.count == 100)
    for (loss, text) in zip(losses, recorded[name] ?? []) {
      let expected = try #require(Double(text))
      #expect(abs(loss - expected) < 0.002)
    }
  }

  @Test func `the passes of the first steps, by hand`() throws {
    let data = try MNIST()
    let noise = try #require(DefenseRecipe.named("noise-0.5"))
    // 859 batches of 64 and one of 24 are 55,000 images.
    #expect(noise.passes(on: data, firstSteps: 859) == 3 * 54_976)
    #expect(noise.passes(on: data, firstSteps: 860) == 3 * 55_000)
    #expect(noise.passes(on: data, firstSteps: 861) == 3 * 55_064)
    #expect(
      noise.passes(on: data, firstSteps: .max) == noise.work(on: data).passes)
  }
}
