import Foundation

/// Grades an exercise in a process of its own.
///
/// The learner's code may trap, run for ever or fill the memory. So a chapter
/// starts itself once more with `--grade`, waits, and reads what was left in a
/// file: each question before it was asked, and the verdict at the end.
struct CheckProcess {
  /// What became of it.
  enum Outcome: Equatable {
    case verdict(Verdict)
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

  /// How long a check may take; an honest one takes less than two.
  static let secondsAllowed = 10.0
  static let argument = "--grade"

  /// One line of the file.
  struct Line: Codable {
    var question: String?
    var verdict: Verdict?
    /// What the learner's function threw.
    var thrown: String?
  }

  var exercise: String
  var program: URL

  /// Runs the check and waits for it.
  ///
  /// - Throws: A `TutorialError` if the process cannot be started.
  func run() throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("exercise-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let files = try Files(in: folder)
      // The child ends when the other end of its input is gone, and that is
      // when this process ends, however it does.
      let lifeline = Pipe()
      defer { try? lifeline.fileHandleForWriting.close() }
      let process = try start(files, input: lifeline)
      let inTime = wait(for: process, seconds: Self.secondsAllowed)
      if !inTime { end(process, files) }
      return Result(
        outcome: outcome(files, inTime: inTime, process),
        printed: files.text(files.output))
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

  private func start(_ files: Files, input: Pipe) throws -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = [Self.argument, exercise, files.report.path]
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
    let deadline = Date(timeIntervalSinceNow: 3)
    while process.isRunning, Date() < deadline,
      !files.text(files.error).contains("Backtrace took")
    {
      usleep(20_000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func outcome(_ files: Files, inTime: Bool, _ process: Process)
    -> Outcome
  {
    let lines = files.text(files.report).split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    let question = lines.last { $0.question != nil }?.question
    if let verdict = lines.last?.verdict { return .verdict(verdict) }
    if let thrown = lines.last?.thrown {
      return .crashed(
        reason: "it threw an error: \(thrown)", question: question, line: nil)
    }
    let report = files.text(files.error)
    let line = CrashReport.line(in: report)
    guard inTime else { return .tooLong(question: question, line: line) }
    return .crashed(
      reason: CrashReport.reason(in: report)
        ?? CrashReport.reason(ofSignal: process.terminationStatus),
      question: question, line: line)
  }
}

/// What Swift prints when a program crashes.
enum CrashReport {
  /// The first line of the learner's file on the way to the crash.
  static func line(in report: String) -> Int? {
    report.firstMatch(of: #/\/Exercises\.swift:(\d+)/#).flatMap { Int($0.1) }
  }

  /// The sentence after "Fatal error".
  static func reason(in report: String) -> String? {
    report.firstMatch(of: #/Fatal error: ([^\n]+)/#).map { String($0.1) }
  }

  /// What a signal without a sentence usually means.
  static func reason(ofSignal signal: Int32) -> String {
    switch signal {
    case SIGILL, SIGTRAP:
      "the program stopped itself: a number too large for its type, a division "
        + "by zero, or a forced unwrap of nil"
    case SIGSEGV, SIGBUS:
      "the program reached for memory that is not its own, most often by "
        + "calling itself without end"
    case SIGABRT, SIGKILL: "the program used up its memory"
    case SIGXFSZ: "the program printed more than 16 MB"
    default: "the program ended with status \(signal)"
    }
  }
}
