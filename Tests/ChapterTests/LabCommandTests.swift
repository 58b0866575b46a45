import Foundation
import Lesson
import Shared
import Testing

@Suite struct LabCommandTests {
  @Test func `list names every training, one a line`() throws {
    let run = try runChapter("06-Security", ["--retrain", "list"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    for recipe in DefenseRecipe.all {
      #expect(
        lines.contains {
          $0.contains(" \(recipe.name) ") && $0.contains(recipe.summary)
        }, "\(recipe.name)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    (["--retrain", "five-steps"], "four-steps, interval"),
    (["--retrain", ""], "--retrain"),
    (["--only", "everything"], "gap, training, truth, broken"),
    (["--only"], "--only PART"),
  ])
  func `what makes no sense is refused in a sentence`(
    arguments: [String], words: String
  ) throws {
    try expectRefusal("06-Security", arguments, status: 2, naming: words)
  }

  @Test func `other chapters have no parts`() throws {
    try expectRefusal(
      "03-Training", ["--only", "gap"], status: 2, naming: "--only")
  }

  @Test(arguments: [
    ("certificates", ["Certified by interval bounds", "Randomized smoothing"]),
    ("training", ["Each epoch", "Without a random start"]),
    ("yours", ["images that are safe", "made for it"]),
    ("beyond", ["Beyond the box", "Read right under every change"]),
  ])
  func `one part is printed alone, and no model or number saved`(
    part: String, words: [String]
  ) throws {
    try inFolder { folder in
      let run = try runChapter(
        "06-Security", ["--only", part, "--quick", "--output", folder.path])
      #expect(run.status == 0, "\(run.error)")
      for words in words {
        #expect(run.output.contains(words), "\(run.output)")
      }
      for other in ["The gap", "Take it with you", "In three lines"] {
        #expect(!run.output.contains(other), "\(other)")
      }
      let files = try FileManager.default.subpathsOfDirectory(
        atPath: folder.path)
      #expect(!files.contains { $0.hasSuffix(".json") }, "\(files)")
      #expect(!files.contains { $0.hasSuffix(".safetensors") }, "\(files)")
    }
  }

  @Test func `a model trained anew is used, and one that is damaged refused`()
    throws
  {
    try inFolder { folder in
      let flags = ["--quick", "--output", folder.path]
      let training = try runChapter(
        "06-Security", ["--retrain", "interval-0.3"] + flags)
      #expect(training.status == 0, "\(training.error)")
      #expect(training.output.contains("certified at ε = 0.3"))
      let file = folder.appendingPathComponent(
        "quick/06-Security-interval-0.3.safetensors")
      _ = try LoadedCheckpoint(file)
      let part = ["--only", "certificates"] + flags
      let used = try runChapter("06-Security", part)
      #expect(
        used.output.contains("used here: `interval-0.3`"), "\(used.output)")
      try Data("damaged".utf8).write(to: file)
      try expectRefusal(
        "06-Security", part, status: 1, naming: "--retrain interval-0.3")
    }
  }
}
