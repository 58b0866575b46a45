import Testing

@testable import Lesson

@Suite struct GateWishesTests {
  private let flags = Flag.ofLesson([.model, .lab, .gate])

  @Test func `a check takes images by number, pictures by kind`() throws {
    #expect(flags.count { $0.name == "--images" } == 1)
    let options = try Options(
      ["--require=worst@0.1>=0.7", "--images", "20", "--images", "kitty"],
      taking: flags)
    #expect(options.gate.requirement == "worst@0.1>=0.7")
    #expect(options.gate.images == 20 && options.gate.isAsked)
    #expect(options.terminal.images == .kitty && !options.attack.isAsked)
    let pictures = try Options(["--images", "kitty"], taking: flags)
    #expect(!pictures.gate.isAsked)
  }

  @Test(arguments: [
    (["--images", "20"], "--require"),
    (["--images", "0", "--require", "clean>0"], "--images"),
    (["--require", ""], "--require"),
    (["--require", "clean>0", "--only", "gap"], "--only are two wishes"),
    (
      ["--require", "clean>0", "--retrain", "list"], "--retrain are two wishes"
    ),
    (["--require", "clean>0", "--check", "6a"], "--check are two wishes"),
  ])
  func `what makes no sense is refused in a sentence`(
    arguments: [String], words: String
  ) {
    let error = #expect(throws: UsageError.self) {
      try Options(arguments, taking: flags + Flag.ofExercises)
    }
    let message = error?.description ?? ""
    #expect(message.contains(words) && message.hasSuffix("."), "\(message)")
  }

  @Test func `other chapters check nothing`() {
    #expect(throws: UsageError.self) {
      try Options(
        ["--require", "clean>0"], taking: Flag.ofLesson([.model, .attack]))
    }
  }
}
