import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct TrainedModelTests {
  @Test func `the shipped model has the accuracy its file states`() throws {
    let data = try MNIST()
    let empty = Workspace(
      output: URL(fileURLWithPath: "/nonexistent"), isQuick: false)
    let trained = try TrainedModel(in: empty, data: data, flags: "")
    #expect(trained.isShipped)
    let stated = try #require(trained.statedAccuracy)
    let measured = trained.model.evaluate(on: data.test).accuracy.value
    // Other CPUs round differently: an image or two on the fence may flip.
    #expect(abs(measured - stated) <= 0.0003)
    #expect(stated >= 0.985)
    #expect(trained.checkpoint.contents.tensors.count == 8)
  }

  @Test func `training inputs are the same with and without files`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inputs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = Workspace(output: folder, isQuick: false)
    let data = try MNIST()
    let made = try TrainingInputs(
      in: workspace, data: data, seed: 4, flags: "")
    #expect(made.sources.isEmpty)
    try Checkpoint(
      chapter: "01-Architecture", tensors: made.model.parameterTensors, seed: 4,
      facts: ["architecture": made.model.architecture]
    ).save(to: workspace, as: TrainingInputs.architectureFile)
    let split = data.training.split(holdingOut: 5000, seed: 4)
    try Checkpoint(
      chapter: "02-Data",
      tensors: ["validation.indices": Tensor(split.validation.map(Float.init))],
      seed: 4, data: data.sha256
    ).save(to: workspace, as: TrainingInputs.dataFile)
    let loaded = try TrainingInputs(
      in: workspace, data: data, seed: 4, flags: "")
    #expect(loaded.sources.count == 2)
    #expect(loaded.model.parameterTensors == made.model.parameterTensors)
    #expect(loaded.training.labels == made.training.labels)
    #expect(loaded.validation.pixels == made.validation.pixels)
    #expect(loaded.validation.count == 5000)
    // Another seed: the files do not fit and are not used.
    let other = try TrainingInputs(
      in: workspace, data: data, seed: 5, flags: "")
    #expect(other.sources.isEmpty)
    #expect(other.notes.allSatisfy { $0.contains("other settings") })
  }

  @Test func `a split that makes no sense is refused`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inputs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = Workspace(output: folder, isQuick: false)
    let data = try MNIST()
    for indices: [Float] in [[], [-1], [60_000], [0.5], [3, 3], [.nan]] {
      try Checkpoint(
        chapter: "02-Data", tensors: ["validation.indices": Tensor(indices)],
        seed: 4, data: data.sha256
      ).save(to: workspace, as: TrainingInputs.dataFile)
      let error = #expect(throws: TutorialError.self) {
        try TrainingInputs(
          in: workspace, data: data, seed: 4, flags: "")
      }
      #expect(error?.description.contains("swift run 02-Data") == true)
    }
  }

  @Test func `a plain file from PyTorch is taken, with nothing stated`() throws
  {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      let weights = Sequential.notebookNetwork(seed: 9).parameterTensors
      try workspace.write(
        SafeTensors(tensors: weights, metadata: ["format": "pt"]).encoded(),
        to: TrainedModel.fileName)
      let trained = try TrainedModel(in: workspace, data: MNIST(), flags: "")
      #expect(!trained.isShipped && trained.checkpoint.isForeign)
      #expect(trained.model.parameterTensors == weights)
      #expect(trained.statedAccuracy == nil)
      // With some provenance, all of it must fit.
      try workspace.write(
        SafeTensors(tensors: weights, metadata: ["chapter": "03"]).encoded(),
        to: TrainedModel.fileName)
      #expect(throws: TutorialError.self) {
        try TrainedModel(in: workspace, data: MNIST(), flags: "")
      }
    }
  }
}
