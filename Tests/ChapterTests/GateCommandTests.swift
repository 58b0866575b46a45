import Foundation
import Testing

@testable import Shared

/// `--require WHAT`: 0 if a model meets it, 4 if not.
@Suite struct GateCommandTests {
  private let fourSteps = PackageFiles.defense("four-steps").path
  private let interval = PackageFiles.defense("interval-0.3").path

  /// Checks a model in a folder of its own; the shipped one if none is named.
  private func check(
    _ requirement: String, _ model: String? = nil, images: Int,
    _ flags: [String] = [], in folder: URL
  ) throws -> ChapterRun {
    var arguments = ["--require", requirement, "--images", "\(images)"]
    if let model { arguments += ["--model", model] }
    arguments += ["--output", folder.path]
    return try runChapter("06-Security", arguments + flags)
  }

  /// What was printed, without the line breaks of the prose.
  private func joined(_ run: ChapterRun) -> String {
    run.output.replacing("\n", with: " ")
  }

  @Test func `a defended model meets what it was made for`() throws {
    try inFolder { folder in
      for (requirement, model) in [
        ("clean>=0.9", fourSteps), ("fgsm@0.1 >= 50%", fourSteps),
        ("certified@0.3>=0.5", interval),
      ] {
        let run = try check(requirement, model, images: 50, in: folder)
        #expect(run.status == 0, "\(requirement): \(run.error)\(run.output)")
        #expect(run.output.contains("\n  met\n"), "\(run.output)")
      }
    }
  }

  @Test func `a verdict stands whoever reads along`() throws {
    // Without the end of the pipe the status is that of the chapter.
    let command =
      "{ \"$0\" --require \"clean>=1\" --images 100 --output \"$1\"; "
      + "echo $? > \"$1/status\"; } | head -1"
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("06-Security")
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        ["-c", command, program.path, folder.path])
      #expect(run.error.isEmpty, "\(run.error)")
      let status = try String(
        contentsOf: folder.appendingPathComponent("status"), encoding: .utf8)
      #expect(status == "4\n")
    }
  }

  @Test func `an older verdict does not outlive a failure`() throws {
    try inFolder { folder in
      let verdict = folder.appendingPathComponent("06-Security-require.json")
      let met = try check("clean>=0.9", images: 20, in: folder)
      #expect(met.status == 0, "\(met.error)")
      #expect(FileManager.default.fileExists(atPath: verdict.path))
      let unread = try check("nonsense", images: 20, in: folder)
      #expect(unread.status == 2)
      #expect(!FileManager.default.fileExists(atPath: verdict.path))
    }
  }

  @Test func `a model that is not defended misses it`() throws {
    try inFolder { folder in
      let run = try check("fgsm@0.3>=0.9", images: 50, in: folder)
      #expect(run.status == 4 && run.error.isEmpty, "\(run.error)")
      #expect(run.output.contains("\n  not met\n"), "\(run.output)")
      #expect(joined(run).contains("uses the one that ships"))
      #expect(!joined(run).contains("inside the 95 % interval"))
    }
  }

  @Test func `a limit that so many images cannot tell from the share is said`()
    throws
  {
    try inFolder { folder in
      let run = try check("clean>=0.99", images: 20, in: folder)
      #expect(
        joined(run).contains("inside the 95 % interval: 20 images cannot tell"),
        "\(run.output)")
    }
  }

  @Test func `the file holds what was printed`() throws {
    try inFolder { folder in
      let run = try check("pgd@0.1>=0.8", fourSteps, images: 30, in: folder)
      #expect([0, 4].contains(run.status), "\(run.error)")
      let saved = try JSONDecoder().decode(
        Saved.self,
        from: Data(
          contentsOf: folder.appendingPathComponent(
            "06-Security-require.json")))
      #expect(saved.requirement == "pgd@0.1>=0.8" && saved.measure == "pgd")
      #expect(saved.epsilon == 0.1 && saved.limit == 0.8)
      #expect(saved.images == 30 && saved.isMet == (run.status == 0))
      #expect(saved.isMet == (saved.share >= 0.8))
      #expect(saved.share <= saved.cleanAccuracy)
      let hash = try SHA256.hash(
        Data(contentsOf: PackageFiles.defense("four-steps")))
      #expect(saved.modelSHA256 == hash && run.output.contains(hash))
      for share in [saved.share, saved.cleanAccuracy] {
        let proportion = try #require(Proportion(share, of: saved.images))
        #expect(run.output.contains(proportion.withInterval), "\(run.output)")
      }
      for words in ["required: pgd@0.1>=0.8", "at least 80 %", "40 steps"] {
        #expect(joined(run).contains(words), "\(run.output)")
      }
    }
  }

  @Test func `what the chapter has saved is left alone`() throws {
    try inFolder { folder in
      let names = ["06-Security.html", "06-Security.json", "06-Security.onnx"]
      for name in names {
        try Data(name.utf8).write(to: folder.appendingPathComponent(name))
      }
      _ = try check("clean>=0.9", images: 20, in: folder)
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(Set(files) == Set(names + ["06-Security-require.json"]))
      for name in names {
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        #expect(bytes == Data(name.utf8), "\(name)")
      }
    }
  }

  @Test func `the worst case says who brought down how many`() throws {
    try inFolder { folder in
      let run = try check(
        "worst@0.3>=0.9", images: 10, ["--quick"], in: folder)
      #expect(run.status == 4, "\(run.error)\(run.output)")
      for words in [
        "APGD-CE", "FAB, targeted", "Square", "fallen", "shortens",
      ] {
        #expect(run.output.contains(words), "\(run.output)")
      }
    }
  }

  @Test func `an ONNX file is checked, too`() throws {
    try inFolder { folder in
      var model = Sequential.notebookNetwork(seed: 0)
      let shipped = try LoadedCheckpoint(PackageFiles.pretrained)
      try model.load(shipped.contents.tensors, from: "shipped")
      let file = folder.appendingPathComponent("theirs.onnx")
      try model.onnxFile(forImages: MNIST.imageShape).write(to: file)
      let run = try check("clean>=0.9", file.path, images: 50, in: folder)
      #expect(run.status == 0, "\(run.error)")
      // Bounds do not know every layer that such a file may hold.
      model.layers.insert(("norm1", BatchNormalization(32)), at: 2)
      try model.onnxFile(forImages: MNIST.imageShape).write(to: file)
      let other = try check(
        "certified@0.1>=0", file.path, images: 5, in: folder)
      #expect(other.status == 1)
      #expect(other.error.contains("no interval bounds"), "\(other.error)")
    }
  }

  private struct Saved: Decodable {
    var requirement: String
    var measure: String
    var epsilon: Float
    var limit: Double
    var images: Int
    var share: Double
    var cleanAccuracy: Double
    var isMet: Bool
    var modelSHA256: String
  }
}
