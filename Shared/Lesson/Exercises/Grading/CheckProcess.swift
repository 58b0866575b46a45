import Foundation
import Shared

/// Grades an exercise in a process of its own.
///
/// The learner's code may trap, run for ever or fill the memory. So a chapter
/// starts itself once more with `--grade`, waits, and reads what was left in a
/// file: each question before it was asked, and the verdict at the end.
struct CheckProcess {
  /// What became of it.
  enum Outcome: Equatable {
    case verdict(Verdict)
    /// A function that is not written yet was called, the one in that line.
    case stub(line: Int?)
    /// Swift's own words, the question, and the learner's line, if known.
    case crashed(reason: String, question: String?, line: Int?)
    case tooLong(question: String?, line: Int?)
  }

  /// What is known when it has ended.
  struct Result {
    var outcome: Outcome
    /// What the learner's code printed.
    var printed: String
  }

  /// How long Swift may take to say where a loop was: one second on a machine
  /// at rest, many on one whose cores are all taken.
  private static let secondsForBacktrace = 30.0
  static let argument = "--grade"
  private static let folderPrefix = "adversarial-mnist-exercise-"
  /// Exit codes of the child: a stub was called, or there is no such exercise.
  static let stubCode: Int32 = 3
  static let unknownCode: Int32 = 2

  /// One line of the file.
  struct Line: Codable {
    var question: String?
    var verdict: Verdict?
  }

  /// The exercise to grade.
  var exercise: any Gradable

  /// Runs the check and waits for it.
  ///
  /// - Throws: A `TutorialError` if the process cannot be started, or if the
  ///   chapter has no such exercise.
  func run() throws -> Result {
    guard let program = Bundle.main.executableURL else {
      throw TutorialError("This program does not know where it is.")
    }
    guard threadsAreToBeHad(1) else {
      throw TutorialError(
        "The check could not be started: the system gives this program no "
          + "thread to watch it (`ulimit -u`).")
    }
    let temporary = FileManager.default.temporaryDirectory
    removeLeftovers(in: temporary, named: [Self.folderPrefix], olderThan: 3600)
    let folder = temporary.appendingPathComponent(
      Self.folderPrefix + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let files = try Files(in: folder)
      // The child ends when the other end of its input is gone, and that is
      // when this process ends, however it does.
      let lifeline = Pipe()
      defer { try? lifeline.fileHandleForWriting.close() }
      let process = try start(program, files, input: lifeline)
      let inTime = wait(for: process, seconds: exercise.secondsAllowed)
      if !inTime { end(process, files) }
      return Result(
        outcome: try outcome(files, inTime: inTime, process),
        printed: files.text(files.output))
    } catch let error as TutorialError {
      throw error
    } catch {
      throw TutorialError(
        "The check could not be started (\(error.localizedDescription)).")
    }
  }

  /// Files instead of pipes: nothing to drain, so nothing can block.
  private struct Files {
    var report: URL
    var output: URL
    var error: URL

    init(in folder: URL) throws {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true)
      report = folder.appendingPathComponent("report")
      output = folder.appendingPathComponent("output")
      error = folder.appendingPathComponent("error")
      for url in [report, output, error] { try Data().write(to: url) }
    }

    func text(_ url: URL) -> String {
      String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self)
    }
  }

  private func start(_ program: URL, _ files: Files, input: Pipe) throws
    -> Process
  {
    let process = Process()
    process.executableURL = program
    process.arguments = [Self.argument, exercise.name, files.report.path]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no"
    ]) { $1 }
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: files.output)
    process.standardError = try FileHandle(forWritingTo: files.error)
    try process.run()
    return process
  }

  private func wait(for process: Process, seconds: Double) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while process.isRunning {
      guard Date() < deadline else { return false }
      usleep(2000)
    }
    return true
  }

  /// Asks where it is, then ends it.
  ///
  /// SIGTRAP makes Swift print a backtrace, and unlike SIGQUIT no shell lets
  /// its children ignore it.
  private func end(_ process: Process, _ files: Files) {
    kill(process.processIdentifier, SIGTRAP)
    let deadline = Date(timeIntervalSinceNow: Self.secondsForBacktrace)
    while process.isRunning, Date() < deadline,
      !files.text(files.error).contains("Backtrace took")
    {
      usleep(20_000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func outcome(_ files: Files, inTime: Bool, _ process: Process)
    throws -> Outcome
  {
    let lines = files.text(files.report).split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    let question = lines.last { $0.question != nil }?.question
    if let verdict = lines.last?.verdict { return .verdict(verdict) }
    let report = files.text(files.error)
    if process.terminationReason == .exit {
      switch process.terminationStatus {
      case Self.stubCode: return .stub(line: CrashReport.stubLine(in: report))
      case Self.unknownCode:
        throw TutorialError(
          "Exercise \(exercise.name) is not in the list of this chapter's "
            + "exercises; add it in main.swift.")
      default: break
      }
    }
    let line = CrashReport.line(in: report)
    guard inTime else { return .tooLong(question: question, line: line) }
    return .crashed(
      reason: CrashReport.reason(in: report)
        ?? CrashReport.reason(ofSignal: process.terminationStatus),
      question: question, line: line)
  }
}
