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
    #expect(trained.source == .shipped)
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
      chapter: "01-Architecture", tensors: made.model.stateDictionary, seed: 4,
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
    #expect(loaded.model.stateDictionary == made.model.stateDictionary)
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
      let weights = Sequential.notebookNetwork(seed: 9).stateDictionary
      try workspace.write(
        SafeTensors(tensors: weights, metadata: ["format": "pt"]).encoded(),
        to: TrainedModel.fileName)
      let trained = try TrainedModel(in: workspace, data: MNIST(), flags: "")
      #expect(trained.source == .own && trained.checkpoint.isForeign)
      #expect(trained.model.stateDictionary == weights)
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

  /// A file as `--model` names it.
  private func given(_ bytes: Data) throws -> TrainedModel {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("model")
      try bytes.write(to: url)
      return try TrainedModel(
        in: Workspace(output: folder, isQuick: false), data: MNIST(), file: url,
        flags: "")
    }
  }

  private var shipped: LoadedCheckpoint {
    get throws { try LoadedCheckpoint(PackageFiles.pretrained) }
  }

  @Test func `weights from anybody are taken, and so is ONNX`() throws {
    let contents = try shipped.contents
    let plain = try given(SafeTensors(tensors: contents.tensors).encoded())
    #expect(plain.source == .given && plain.checkpoint.isForeign)
    let images = try MNIST().test.first(50).images
    let onnx = try given(plain.model.onnxFile(forImages: MNIST.imageShape))
    #expect(onnx.checkpoint.isForeign && onnx.statedAccuracy == nil)
    #expect(
      (onnx.model(images) - plain.model(images)).maximumMagnitude < 1e-4)
    // What the file states of its normalization holds, not this data's.
    var stated = contents
    stated.metadata["normalize.mean"] = "0.25"
    stated.metadata["normalize.standardDeviation"] = "0.5"
    let other = try given(stated.encoded())
    let first = try #require(other.model.layers.first?.layer as? Normalize)
    #expect(first.mean == 0.25 && first.standardDeviation == 0.5)
    stated.metadata["normalize.standardDeviation"] = "-1"
    let nonsense = try given(stated.encoded()).model.layers.first?.layer
    #expect((nonsense as? Normalize)?.standardDeviation == 0.3081)
  }

  @Test func `other files are refused, each with its sentence`() throws {
    func message(_ bytes: Data) -> String {
      let error = #expect(throws: TutorialError.self) { try given(bytes) }
      return error?.description ?? ""
    }
    #expect(message(Data("PK\u{3}\u{4}".utf8)).contains("pickle"))
    #expect(message(Data([0x80, 2, 0x7D])).contains("pickle"))
    #expect(message(Data()).contains("cannot be used"))
    #expect(message(Data(count: 100)).contains("cannot be used"))
    var contents = try shipped.contents
    contents.tensors["fc2.bias"] = Tensor(shape: [26])
    #expect(try message(contents.encoded()).contains("fc2.bias is [26]"))
    var generator = SeededGenerator(seed: 1)
    let three: Sequential = [
      "flatten": Flatten(), "fc": Linear(784, 3, using: &generator),
    ]
    let file = try three.onnxFile(forImages: MNIST.imageShape)
    #expect(message(file).contains("gives 3 numbers an image"))
    #expect(message(file).contains("10 classes"))
  }
}
