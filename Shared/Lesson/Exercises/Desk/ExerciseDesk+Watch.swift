import Foundation
import Shared

extension ExerciseDesk {
  /// Builds and checks again whenever the chapter's `Exercises.swift` is saved,
  /// until Control-C.
  ///
  /// The file's time is looked at three times a second.
  ///
  /// - Throws: A `TutorialError` if the compiler cannot be started.
  func watch(_ name: String) throws {
    let url = StubFile.url(of: page.chapter)
    var seen: Date?
    page.say(
      "Watching `\(page.relativePath(url))`. Save it to have exercise \(name) "
        + "checked; Control-C ends.")
    while true {
      let time =
        try? FileManager.default.attributesOfItem(atPath: url.path)[
          .modificationDate] as? Date
      if let time, time != seen {
        seen = time
        try buildAndCheck(name)
      }
      usleep(300_000)
    }
  }

  /// The chapter is another program after each build, so the new one checks.
  private func buildAndCheck(_ name: String) throws {
    guard let program = Bundle.main.executableURL else { return }
    let build = program.deletingLastPathComponent()
    let scratch = build.deletingLastPathComponent().deletingLastPathComponent()
    page.write(page.terminal.styled("building …", .faint) + "\n")
    let compiler = try run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "swift", "build", "--quiet", "--product", page.chapter,
        "--package-path", PackageFiles.root.path, "--scratch-path",
        scratch.path, "--configuration", build.lastPathComponent,
      ])
    guard compiler == 0 else {
      page.say("It does not compile yet; save again when it might.")
      return
    }
    var arguments = ["--check", name, "--output", page.options.output.path]
    if page.options.terminal.isPlain { arguments.append("--plain") }
    if page.isQuick { arguments.append("--quick") }
    _ = try run(program, arguments)
  }

  private func run(_ program: URL, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    do {
      try process.run()
    } catch {
      throw TutorialError(
        "\(program.path) cannot be started (\(error.localizedDescription)).")
    }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
