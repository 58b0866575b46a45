import Foundation
import Testing

@testable import Shared

/// `--require WHAT`: 1 if nobody can tell, 2 if nobody can read it.
@Suite struct GateRefusalTests {
  private let chapter = "06-Security"

  /// Expects nothing to be measured of a model with such a file.
  private func expectNoMeasurement(
    of bytes: Data, _ requirement: String, naming words: String
  ) throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("theirs")
      try bytes.write(to: file)
      let run = try expectRefusal(
        chapter,
        [
          "--require", requirement, "--images", "20", "--model", file.path,
          "--output", folder.path,
        ], status: 1, naming: words)
      #expect(run.error.contains("theirs"), "\(run.error)")
      #expect(!run.output.contains("required:"), "\(run.output)")
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(files == ["theirs"])
    }
  }

  @Test func `a file that is damaged or a program is no model`() throws {
    let shipped = try Data(contentsOf: PackageFiles.pretrained)
    try expectNoMeasurement(
      of: shipped.prefix(99_999), "clean>=0.9", naming: "cut short")
    try expectNoMeasurement(
      of: Data([0x80, 2, 0x7D]), "clean>=0.9", naming: "is a pickle")
  }

  @Test func `weights and scores that are not finite cannot be measured`()
    throws
  {
    let shipped = try LoadedCheckpoint(PackageFiles.pretrained).contents.tensors
    var wild = shipped
    wild["conv1.bias"]?.scalars[0] = .nan
    try expectNoMeasurement(
      of: SafeTensors(tensors: wild).encoded(), "clean>=0.9",
      naming: "conv1.bias holds numbers that are not finite")
    var large = shipped
    large["fc2.weight"] = try #require(shipped["fc2.weight"]) * 3e38
    large["fc2.bias"]?.scalars[0] = 3e38
    for requirement in ["clean>=0", "fgsm@0.1>=0", "certified@0.1>=0"] {
      try expectNoMeasurement(
        of: SafeTensors(tensors: large).encoded(), requirement,
        naming: "scores that are not finite numbers")
    }
  }

  @Test(arguments: [
    (["--require", "fgms@0.1>=0.5"], "nearest name is fgsm"),
    (["--require", "fgsm@2>=0.5"], "at most 1, got 2"),
    (["--require", "worst@0.1"], "MEASURE@EPSILON>=SHARE"),
    (["--require", "clean>=0.9", "--images", "10001"], "there are 10,000"),
    (["--require", "clean>=0.9", "--only", "gap"], "two wishes"),
    (["--require", "clean>=0.9", "--retrain", "list"], "two wishes"),
    (["--images", "20"], "--require"),
  ])
  func `what makes no sense is refused in a sentence`(
    arguments: [String], words: String
  ) throws {
    try inFolder { folder in
      try expectRefusal(
        chapter, arguments + ["--output", folder.path], status: 2, naming: words
      )
    }
  }
}
