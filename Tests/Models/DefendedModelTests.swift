import Foundation
import Testing

@testable import Shared

@Suite struct DefendedModelTests {
  private static func shipped(_ name: String, _ data: MNIST) throws
    -> DefendedModel
  {
    let recipe = try #require(DefenseRecipe.named(name))
    let model = try DefendedModel.load(
      PackageFiles.defense(name), by: recipe, for: data)
    return try #require(model)
  }

  @Test(arguments: DefenseRecipe.all.map(\.name))
  func `what ships has the accuracy that its file states`(name: String) throws {
    let data = try MNIST()
    let model = try Self.shipped(name, data)
    let stated = try #require(model.checkpoint["accuracy"].flatMap(Double.init))
    let accuracy = model.network.evaluate(on: data.test).accuracy.value
    // Another processor may round otherwise.
    #expect(abs(accuracy - stated) < 0.0005)
    #expect(model.recipe.name == name)
    #expect(model.checkpoint["seed"] == "2")
  }

  @Test func `all together are small enough to ship`() throws {
    let bytes = try DefenseRecipe.all.reduce(0) { sum, recipe in
      try sum + Data(contentsOf: PackageFiles.defense(recipe.name)).count
    }
    #expect(bytes < 8_000_000)
  }

  @Test func `the interval networks certify what they are for`() throws {
    let data = try MNIST()
    let wide = try Self.shipped("interval-0.3", data).network
    let narrow = try Self.shipped("interval-0.1", data).network
    func certified(_ network: Sequential, _ epsilon: Float) throws -> Double {
      try network.certifiedAccuracy(on: data.test, epsilon: .pixels(epsilon))
        .value
    }
    #expect(try certified(wide, 0.3) >= 0.88)
    #expect(try certified(narrow, 0.1) >= 0.95)
    #expect(try certified(narrow, 0.1) > certified(wide, 0.1))
  }

  @Test func `no attack of the set turns a certified image`() throws {
    let data = try MNIST()
    let network = try Self.shipped("interval-0.3", data).network
    let all = data.test.first(60)
    let epsilon = Epsilon.pixels(0.3)
    let certified = try network.isCertified(on: all, epsilon: epsilon)
    let rows = certified.indices.filter { certified[$0] }
    try #require(rows.count > 40)
    let batch = Batch(
      images: all.images.rows(rows), labels: rows.map { all.labels[$0] })
    let run = WorstCaseRun(
      .standard(epsilon: epsilon, steps: 40, queries: 1000), on: batch,
      against: network)
    #expect(run.stands.allSatisfy { $0 })
    #expect(run.turns.allSatisfy { $0.broken == 0 })
  }

  @Test func `a model of other data is none, a file without a recipe an error`()
    throws
  {
    let data = try MNIST()
    try withTemporaryFolder { folder in
      let model = try Self.shipped("interval-0.3", data)
      func file(_ change: (inout Checkpoint) -> Void) throws -> URL {
        var checkpoint = DefendedModel.checkpoint(
          of: model.network, by: model.recipe, seed: 2, on: data)
        change(&checkpoint)
        let url = folder.appendingPathComponent("model.safetensors")
        try checkpoint.encoded().write(to: url)
        return url
      }
      let others = try file { $0.metadata["data.sha256"] = "other" }
      #expect(
        try DefendedModel.load(others, by: model.recipe, for: data) == nil)
      let nameless = try file { $0.metadata["recipe"] = nil }
      expectSentence("but by something unknown") {
        _ = try DefendedModel.load(nameless, by: model.recipe, for: data)
      }
      let cut = try file { $0.tensors["fc2.bias"] = nil }
      expectSentence("fc2.bias is missing") {
        _ = try DefendedModel.load(cut, by: model.recipe, for: data)
      }
    }
  }
}
