import Foundation
import Lesson
import Shared
import Testing

@Suite struct BadModelTests {
  @Test func `a damaged checkpoint is named and left alone`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("03-Training.safetensors")
      let damaged = try Data(contentsOf: PackageFiles.pretrained).prefix(99_999)
      try damaged.write(to: file)
      for chapter in ["04-Hooks", "05-Attacks", "06-Security"] {
        try expectRefusal(
          chapter, ["--output", folder.path], status: 1, naming: file.path)
      }
      #expect(try Data(contentsOf: file) == damaged)
    }
  }

  /// The weights of `file`, scaled, as chapter 3 or chapter 1 would leave them.
  private func scaled(
    _ scale: Float, _ tensors: [String: Tensor], chapter: String,
    facts: [String: String], in folder: URL
  ) throws {
    try Checkpoint(
      chapter: chapter, tensors: tensors.mapValues { $0 * scale }, seed: 2,
      data: facts["data.sha256"], facts: facts
    ).save(
      to: Workspace(output: folder, isQuick: true), as: "\(chapter).safetensors"
    )
  }

  @Test(arguments: [(1e38, "not finite"), (0, "one and the same answer")])
  func `a model of nonsense is told before it is used`(
    scale: Float, says: String
  ) throws {
    let shipped = try LoadedCheckpoint(PackageFiles.pretrained)
    try inFolder { folder in
      try scaled(
        scale, shipped.contents.tensors, chapter: "03-Training",
        facts: shipped.contents.metadata, in: folder)
      for chapter in ["04-Hooks", "05-Attacks", "06-Security"] {
        let run = try runChapter(
          chapter, ["--quick", "--output", folder.path])
        let text = run.output.replacing("\n▌", with: "")
        #expect(run.status == 0, "\(run.error)")
        #expect(text.contains("something is wrong with this model"))
        #expect(text.contains(says))
      }
    }
  }

  @Test func `a training that runs away stops and keeps the old model`() throws
  {
    let initial = Sequential.notebookNetwork(seed: 2)
    try inFolder { folder in
      try scaled(
        1e38, initial.stateDictionary, chapter: "01-Architecture",
        facts: ["architecture": initial.architecture], in: folder)
      let run = try runChapter(
        "03-Training", ["--quick", "--output", folder.path])
      #expect(run.status == 1)
      let error = run.error.split(separator: "\n").last ?? ""
      #expect(error.contains("at batch 1 of epoch 1"), "\(run.error)")
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("quick").path)
      #expect(!files.contains("03-Training.safetensors"))
    }
  }

  @Test func `results of another model are refused`() throws {
    try inFolder { folder in
      let workspace = Workspace(output: folder, isQuick: true)
      try Checkpoint(
        chapter: "05-Attacks", tensors: [:], seed: 2,
        facts: ["input.03-Training.safetensors": "another"]
      ).save(to: workspace, as: AttackResults.fileName)
      try expectRefusal(
        "06-Security", ["--quick", "--output", folder.path], status: 1,
        naming: "swift run 05-Attacks")
    }
  }

  @Test func `results of an older chapter 5 are refused`() throws {
    try inFolder { folder in
      let workspace = Workspace(output: folder, isQuick: true)
      try workspace.write(
        readFile(PackageFiles.pretrained), to: TrainedModel.fileName)
      let model = try workspace.load(TrainedModel.fileName)
      let old =
        #"{"fgsm":[{"accuracy":1,"epsilon":0.1,"images":5}],"pgd":[],"#
        + #""randomSigns":[]}"#
      try Checkpoint(
        chapter: "05-Attacks", tensors: [:], seed: 2, inputs: [model],
        facts: ["results": old]
      ).save(to: workspace, as: AttackResults.fileName)
      let run = try expectRefusal(
        "06-Security", ["--quick", "--output", folder.path], status: 1,
        naming: "does not hold all results")
      #expect(run.error.contains("swift run 05-Attacks"))
    }
  }

  @Test func `a foreign file is replaced only by force`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("03-Training.safetensors")
      try SafeTensors(tensors: ["x": Tensor([1])]).encoded().write(to: file)
      try expectRefusal(
        "03-Training", ["--output", folder.path], status: 1, naming: "--force")
    }
  }

  @Test func `a longer training is not replaced without being asked`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("03-Training.safetensors")
      try FileManager.default.copyItem(at: PackageFiles.pretrained, to: file)
      try expectRefusal(
        "03-Training", ["--epochs", "1", "--output", folder.path], status: 1,
        naming: "--force")
      #expect(
        try Data(contentsOf: file) == Data(contentsOf: PackageFiles.pretrained))
    }
  }
}
