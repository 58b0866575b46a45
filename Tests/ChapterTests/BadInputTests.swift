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
    #expect(
      run.output.contains("--image FILE")
        == ["05-Attacks", "06-Security"].contains(chapter))
    #expect(
      run.output.contains("--require") == (chapter == "06-Security"))
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
}
