import Testing

@testable import Shared

@Suite struct OptionsTests {
  @Test func `flags with and without an equals sign`() throws {
    let options = try Options(
      ["--seed=7", "--epochs", "2", "--no-pause", "--plain", "--threads", "3"],
      taking: [.training])
    #expect(options.seed == 7)
    #expect(options.epochs == 2)
    #expect(!options.pauses && options.isPlain)
    #expect(options.threads == 3)
    #expect(options.output == PackageFiles.output)
  }

  @Test func `pictures are blocks unless kitty is asked for`() throws {
    #expect(try Options([], taking: []).images == .blocks)
    #expect(try Options(["--images=kitty"], taking: []).images == .kitty)
  }

  @Test func `folders are seen from the working directory`() throws {
    let options = try Options(["--output", "here"], taking: [])
    #expect(options.output.path.hasSuffix("/here"))
    #expect(!options.output.path.hasPrefix(PackageFiles.output.path))
  }

  @Test(arguments: [
    ["--epochs", "0"], ["--epochs", "many"], ["--epochs"], ["--plain=1"],
    ["-x"], ["--output", "--quick"], ["--seed=", "5"], ["--output="],
    ["--batch-size", "10001"], ["--learning-rate", "inf"],
    ["--images", "sixel"], ["--images"],
  ])
  func `what makes no sense is refused with exit code 2`(arguments: [String]) {
    let error = #expect(throws: TutorialError.self) {
      try Options(arguments, taking: [.training])
    }
    #expect(error?.exitCode == 2)
  }

  @Test func `a flag belongs to the chapters that take it`() throws {
    let options = try Options(["--image", "a b.png"], taking: [.picture])
    #expect(options.image?.lastPathComponent == "a b.png")
    for groups: Set<Flag.Group> in [[], [.training]] {
      let error = #expect(throws: TutorialError.self) {
        try Options(["--image", "a.png"], taking: groups)
      }
      #expect(error?.exitCode == 2)
    }
    #expect(throws: TutorialError.self) {
      try Options(["--image="], taking: [.picture])
    }
  }
}
