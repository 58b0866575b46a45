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
        1e38, initial.parameterTensors, chapter: "01-Architecture",
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

  @Test func `a damaged record of guesses does not stop a chapter`() throws {
    try inFolder { folder in
      let quick = folder.appendingPathComponent("quick")
      try FileManager.default.createDirectory(
        at: quick, withIntermediateDirectories: true)
      let file = quick.appendingPathComponent("guesses.json")
      try Data("no".utf8).write(to: file)
      let run = try runChapter(
        "02-Data", ["--quick", "--output", folder.path])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("your guesses are not kept"))
      #expect(try Data(contentsOf: file) == Data("no".utf8))
    }
  }

  @Test func `one run of a chapter a folder`() throws {
    try inFolder { folder in
      let quick = folder.appendingPathComponent("quick")
      try FileManager.default.createDirectory(
        at: quick, withIntermediateDirectories: true)
      let file = quick.appendingPathComponent(".lock-02-Data").path
      let descriptor = open(file, O_RDWR | O_CREAT, 0o600)
      try #require(flock(descriptor, LOCK_EX) == 0)
      try expectRefusal(
        "02-Data", ["--quick", "--output", folder.path], status: 1,
        naming: "Another run of 02-Data")
      close(descriptor)
      let run = try runChapter(
        "02-Data", ["--quick", "--output", folder.path])
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test(arguments: ["ulimit -n 12", "ulimit -v 300000"])
  func `too little for a chapter is a sentence`(limit: String) throws {
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("01-Architecture")
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c", "\(limit) && exec \"$0\" --quick --output \"$1\"",
          program.path, folder.path,
        ])
      #expect(run.status == 1)
      #expect(run.error.contains("raise the limit"), "\(run.error)")
    }
  }

  @Test func `a terminal of ASCII gets ASCII`() throws {
    try inFolder { folder in
      let run = try runChapter(
        "01-Architecture", ["--quick", "--output", folder.path],
        environment: ["LC_ALL": "C"])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
      #expect(run.output.contains("28 x 28"))
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
