import Foundation
import Lesson
import Shared
import Testing

@Suite struct BadInputTests {
  @Test(arguments: [
    ["--nonsense"], ["--epochs", "2"], ["--seed"], ["--seed", "-1"],
    ["--seed", "two"], ["--threads", "0"], ["--threads", "-3"],
    ["--threads", "100000"], ["--quick=yes"], ["stray"], ["--output", ""],
  ])
  func `wrong arguments exit with 2 and one sentence`(arguments: [String])
    throws
  {
    let flag = arguments[0].prefix { $0 != "=" }
    try expectRefusal(
      "04-Hooks", arguments, status: 2, naming: String(flag))
  }

  @Test(arguments: [
    ["--epochs", "0"], ["--batch-size", "0"], ["--batch-size", "-64"],
    ["--learning-rate", "0"], ["--learning-rate", "nan"],
    ["--learning-rate", "7"], ["--epochs=1.5"],
  ])
  func `training flags are checked before anything runs`(arguments: [String])
    throws
  {
    try expectRefusal("03-Training", arguments, status: 2, naming: "--")
  }

  @Test(arguments: chapters) func `help lists the flags`(chapter: String) throws
  {
    let run = try runChapter(chapter, ["--help"])
    #expect(run.status == 0)
    for flag in ["--no-pause", "--plain", "--output", "--data", "--seed"] {
      #expect(run.output.contains(flag))
    }
    #expect(run.output.contains("--epochs") == (chapter == "03-Training"))
    #expect(run.output.contains("--image FILE") == (chapter == "05-Attacks"))
  }

  @Test func `a missing data folder is named`() throws {
    try expectRefusal(
      "02-Data", ["--data", "no-such-folder"], status: 1,
      naming: "no-such-folder/train-images.idx3-ubyte")
  }

  @Test func `packed files get the name of the tool`() throws {
    try inFolder { folder in
      for name in MNIST.fileNames {
        try Data([0x1F, 0x8B, 8, 0]).write(
          to: folder.appendingPathComponent(name + ".gz"))
      }
      for chapter in ["02-Data", "03-Training"] {
        try expectRefusal(
          chapter, ["--data", folder.path], status: 1, naming: "gunzip")
      }
    }
  }

  @Test func `images of another size are refused with both sizes`() throws {
    try inFolder { folder in
      try writeImages(size: 20, to: folder)
      let run = try expectRefusal(
        "03-Training", ["--data", folder.path], status: 1, naming: "20 × 20")
      #expect(run.error.contains("28 × 28"))
    }
  }

  @Test func `too few images are a sentence, not a trap`() throws {
    try inFolder { folder in
      try writeImages(size: 28, count: 11, to: folder)
      for chapter in ["02-Data", "03-Training", "06-Security"] {
        try expectRefusal(
          chapter, ["--data", folder.path], status: 1,
          naming: "at least 120 and 100")
      }
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `output that cannot be written is an error`() throws {
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("02-Data").path
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c", "'\(program)' --quick --output '\(folder.path)' > /dev/full",
        ])
      #expect(run.status == 1)
      #expect(run.error.contains("The output cannot be written"))
    }
  }

  @Test func `a model for other data is refused`() throws {
    try inFolder { folder in
      try writeImages(size: 28, to: folder)
      try expectRefusal(
        "05-Attacks", ["--data", folder.path, "--output", folder.path],
        status: 1, naming: "swift run 03-Training --data")
    }
  }

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

  @Test func `a foreign file is replaced only by force`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("03-Training.safetensors")
      try SafeTensors(tensors: ["x": Tensor([1])]).encoded().write(to: file)
      try expectRefusal(
        "03-Training", ["--output", folder.path], status: 1, naming: "--force")
    }
  }

  @Test func `a folder with a space comes back in quotes`() throws {
    try inFolder { folder in
      let output = folder.appendingPathComponent("a b")
      let run = try runChapter(
        "01-Architecture", ["--quick", "--output", output.path, "--seed", "7"])
      #expect(run.status == 0)
      #expect(
        run.output.replacing("\n", with: " ").contains(
          "swift run 02-Data --output '\(output.path)' --seed 7 --quick"))
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

  @Test func `an output folder that cannot be made is named`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      for chapter in chapters {
        let run = try expectRefusal(
          chapter, ["--quick", "--output", file.path], status: 1,
          naming: "--output")
        #expect(!run.output.contains("Accuracy"), "refused only after work")
      }
    }
  }

  @Test func `a closed pipe ends quietly`() throws {
    let command = "\"$0\" --quick --output \"$1\" | head -3"
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("02-Data")
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        ["-c", command, program.path, folder.path])
      #expect(run.status == 0)
      #expect(run.error.isEmpty)
      #expect(run.output.split(separator: "\n").count <= 3)
    }
  }

  @discardableResult
  private func expectRefusal(
    _ chapter: String, _ arguments: [String], status: Int32, naming text: String
  ) throws -> ChapterRun {
    let run = try runChapter(chapter, arguments)
    #expect(run.status == status, "\(run.error)")
    #expect(run.error.hasPrefix("error: "), "\(run.error)")
    #expect(run.error.contains(text), "\(run.error)")
    let lines = run.error.split(separator: "\n")
    #expect(lines.count == 1, "\(run.error)")
    return run
  }

  /// A valid data set of black images.
  private func writeImages(size: UInt8, count: UInt8 = 120, to folder: URL)
    throws
  {
    let pixels = Int(count) * Int(size) * Int(size)
    for (index, name) in MNIST.fileNames.enumerated() {
      let header: [UInt8] =
        index % 2 == 0
        ? [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, size, 0, 0, 0, size]
        : [0, 0, 8, 1, 0, 0, 0, count]
      let body = [UInt8](
        repeating: 0, count: index % 2 == 0 ? pixels : Int(count))
      try Data(header + body).write(to: folder.appendingPathComponent(name))
    }
  }
}
