import Testing

@testable import Lesson
@testable import Shared

@Suite struct OptionsTests {
  @Test func `flags with and without an equals sign`() throws {
    let options = try Options(
      ["--seed=7", "--epochs", "2", "--no-pause", "--plain", "--threads", "3"],
      taking: Flag.ofLesson([.training]))
    #expect(options.seed == 7)
    #expect(options.epochs == 2)
    #expect(!options.terminal.pauses && options.terminal.isPlain)
    #expect(options.threads == 3)
    #expect(options.output == PackageFiles.output)
  }

  @Test func `pictures are blocks unless kitty is asked for`() throws {
    #expect(
      try Options([], taking: Flag.ofLesson([])).terminal.images == .blocks)
    #expect(
      try Options(["--images=kitty"], taking: Flag.ofLesson([])).terminal.images
        == .kitty)
  }

  @Test func `an attack takes images by number, pictures by kind`() throws {
    let flags = Flag.ofLesson([.attack])
    #expect(flags.count { $0.name == "--images" } == 1)
    let options = try Options(
      ["--attack", "PGD", "--images", "20", "--images", "kitty"], taking: flags)
    #expect(options.attack.name == "pgd" && options.attack.images == 20)
    #expect(options.terminal.images == .kitty)
    for arguments in [
      ["--images", "20"], ["--steps", "2"], ["--target", "3"],
    ] {
      let error = #expect(throws: UsageError.self) {
        try Options(arguments, taking: flags)
      }
      #expect(error?.description.contains("--attack NAME") == true)
    }
    #expect(throws: UsageError.self) {
      try Options(["--images", "20"], taking: Flag.ofLesson([]))
    }
  }

  @Test func `folders are seen from the working directory`() throws {
    let options = try Options(["--output", "here"], taking: Flag.ofLesson([]))
    #expect(options.output.path.hasSuffix("/here"))
    #expect(!options.output.path.hasPrefix(PackageFiles.output.path))
  }

  @Test(arguments: ["a\nb", "a\u{1B}[2Jb", "caf\u{FFFD}", "a\u{7F}"])
  func `a path must be text on one line`(path: String) {
    for arguments in [["--output", path], ["--data=\(path)"], [path]] {
      let error = #expect(throws: UsageError.self) {
        try Options(arguments, taking: Flag.ofLesson([]))
      }
      let message = error?.description ?? ""
      #expect(message.contains("rename the file or folder"), "\(message)")
      #expect(!message.contains("\u{1B}") && !message.contains("\n"))
    }
  }

  @Test(arguments: [
    ["--epochs", "0"], ["--epochs", "many"], ["--epochs"], ["--plain=1"],
    ["-x"], ["--output", "--quick"], ["--seed=", "5"], ["--output="],
    ["--batch-size", "10001"], ["--learning-rate", "inf"],
    ["--images", "sixel"], ["--images"],
  ])
  func `what makes no sense is refused in a sentence`(arguments: [String]) {
    let error = #expect(throws: UsageError.self) {
      try Options(arguments, taking: Flag.ofLesson([.training]))
    }
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func `one wish about exercises at a time, in capitals or not`() throws {
    let flags = Flag.ofLesson([]) + Flag.ofExercises
    let options = try Options(["--check", "6A"], taking: flags)
    #expect(
      ExerciseCommand(options)
        == ExerciseCommand(action: .check, exercise: "6a"))
    for second in [["--check", "6b"], ["--exercises"]] {
      let error = #expect(throws: UsageError.self) {
        try Options(["--check", "6a"] + second, taking: flags)
      }
      #expect(error?.description.contains("two wishes") == true)
    }
  }

  @Test func `a flag belongs to the chapters that take it`() throws {
    let options = try Options(
      ["--image", "a b.png"], taking: Flag.ofLesson([.picture]))
    #expect(options.image?.lastPathComponent == "a b.png")
    for groups: Set<Flag.Group> in [[], [.training]] {
      let error = #expect(throws: UsageError.self) {
        try Options(["--image", "a.png"], taking: Flag.ofLesson(groups))
      }
      #expect(error?.description.hasSuffix(".") == true)
    }
    #expect(throws: UsageError.self) {
      try Options(["--image="], taking: Flag.ofLesson([.picture]))
    }
  }
}
