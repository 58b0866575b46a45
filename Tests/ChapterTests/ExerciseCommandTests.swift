import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// `--check` and its companions, with answers of every bad kind.
///
/// `Attempts` is a chapter like the fifth whose answers crash, loop or lie; see
/// `Tests/Attempts`.
@Suite struct ExerciseCommandTests {
  private func attempt(_ arguments: String...) throws -> ChapterRun {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var run = try runChapter("Attempts", arguments + ["--output", folder.path])
    // Prose is wrapped anywhere.
    run.output = run.output.replacing("\n", with: " ")
    return run
  }

  /// The line of `Tests/Attempts/Exercises.swift` that says so.
  private func line(_ mark: String) throws -> Int {
    let url = PackageFiles.root.appendingPathComponent(
      "Tests/Attempts/Exercises.swift")
    let lines = try String(contentsOf: url, encoding: .utf8)
      .components(separatedBy: "\n")
    return try #require(lines.firstIndex { $0.hasSuffix(mark) }) + 1
  }

  @Test func `an index out of range is named with its line`() throws {
    let run = try attempt("--check", "6a")
    #expect(run.status == 1)
    #expect(run.output.contains("your code crashed: Index out of range."))
    #expect(
      run.output.contains("Exercises.swift:\(try line("// out of range"))`"),
      "\(run.output)")
    #expect(run.output.contains("when asked for: "))
  }

  @Test func `a loop without end is stopped and named with its line`() throws {
    let run = try attempt("--check", "6b")
    #expect(run.status == 1)
    #expect(run.output.contains("no answer after 10 seconds."))
    let first = try line("// first of the loop")
    let last = try line("// last of the loop")
    let places = (first...last).map { "Exercises.swift:\($0)`" }
    #expect(places.contains(where: run.output.contains), "\(run.output)")
  }

  @Test func `Control-C leaves nothing running`() throws {
    try inFolder { folder in
      let process = Process()
      process.executableURL = productsFolder.appendingPathComponent("Attempts")
      process.arguments = ["--check", "6b", "--output", folder.path]
      // The child is told to report there, so its arguments name the folder.
      process.environment = ProcessInfo.processInfo.environment
        .merging(["TMPDIR": folder.path]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      func children() throws -> Int {
        let list = try run(
          URL(fileURLWithPath: "/usr/bin/env"), ["ps", "-A", "-o", "args"])
        return list.output.split(separator: "\n").count {
          $0.contains("--grade 6b \(folder.path)")
        }
      }
      func wait(until count: Int) throws -> Bool {
        for _ in 0..<100 {
          if try children() == count { return true }
          usleep(50_000)
        }
        return false
      }
      try process.run()
      #expect(try wait(until: 1))
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      #expect(try wait(until: 0))
    }
  }

  @Test func `a wrong shape is shown beside the right one`() throws {
    let run = try attempt("--check", "6c")
    #expect(run.status == 1)
    #expect(run.output.contains("where:    the shape of"), "\(run.output)")
  }

  @Test func `what the code prints is shown`() throws {
    let run = try attempt("--check", "6c")
    #expect(run.output.contains("Your code printed:"))
    #expect(run.output.contains("looking at epsilon"))
  }

  @Test func `recursion without end is a crash, not a mystery`() throws {
    let run = try attempt("--check", "9")
    #expect(run.status == 1)
    #expect(run.output.contains("your code crashed: "))
    #expect(run.output.contains("calling itself without end"), "\(run.output)")
  }

  @Test(arguments: [
    (["--check", "77"], "There is no exercise 77"),
    (["--check", "six"], "--check takes an exercise such as 6 or 6b"),
    (["--check"], "--check needs a value"),
    (
      ["--hint", "5a"], "belongs to 03-Training: `swift run 03-Training --hint"
    ),
    (["--solution", "9"], "--force"),
  ])
  func `what cannot be done is said in one sentence`(
    arguments: [String], sentence: String
  ) throws {
    try inFolder { folder in
      let run = try runChapter(
        "05-Attacks", arguments + ["--output", folder.path])
      // Whoever has solved it may see the solution.
      if run.status == 0, arguments[0] == "--solution" { return }
      #expect([1, 2].contains(run.status))
      #expect(run.error.contains(sentence), "\(run.error)")
      #expect(run.error.split(separator: "\n").count == 1)
    }
  }

  @Test func `a solution is shown as a difference`() throws {
    try inFolder { folder in
      let arguments = ["--force", "--output", folder.path]
      let run = try runChapter(
        "05-Attacks", ["--solution", "6a"] + arguments)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("\n  // EXERCISE 6a · "))
      let board = try runChapter("05-Attacks", ["--exercises"] + arguments)
      #expect(board.output.contains(" (seen)"))
    }
  }

  @Test func `a damaged record is named and left alone`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent(ExerciseRecord.fileName)
      try Data("no record".utf8).write(to: file)
      for command in [["--exercises"], ["--hint", "6a"], ["--check", "6a"]] {
        let run = try runChapter(
          "05-Attacks", command + ["--output", folder.path])
        #expect(run.status == 1)
        #expect(run.error.contains("exercises.json is damaged; delete it"))
      }
      #expect(try Data(contentsOf: file) == Data("no record".utf8))
    }
  }
}
