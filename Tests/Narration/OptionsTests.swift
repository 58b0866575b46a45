import Testing

@testable import Shared

@Suite struct OptionsTests {
  @Test func `flags with and without an equals sign`() throws {
    let options = try Options(
      ["--seed=7", "--epochs", "2", "--no-pause", "--plain", "--threads", "3"],
      trains: true)
    #expect(options.seed == 7)
    #expect(options.epochs == 2)
    #expect(!options.pauses && options.isPlain)
    #expect(options.threads == 3)
    #expect(options.output == PackageFiles.output)
  }

  @Test func `pictures are blocks unless kitty is asked for`() throws {
    #expect(try Options([], trains: false).images == .blocks)
    #expect(try Options(["--images=kitty"], trains: false).images == .kitty)
  }

  @Test func `folders are seen from the working directory`() throws {
    let options = try Options(["--output", "here"], trains: false)
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
      try Options(arguments, trains: true)
    }
    #expect(error?.exitCode == 2)
  }
}
