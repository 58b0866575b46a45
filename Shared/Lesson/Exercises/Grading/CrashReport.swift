import Foundation

/// What Swift prints when a program crashes.
enum CrashReport {
  /// The first line of the learner's file on the way to the crash.
  static func line(in report: String) -> Int? {
    report.firstMatch(of: #/\/Exercises\.swift:(\d+)/#).flatMap { Int($0.1) }
  }

  /// The line of the stub that was called.
  static func stubLine(in report: String) -> Int? {
    report.firstMatch(of: #/\/Exercises\.swift:(\d+) is still a stub/#)
      .flatMap { Int($0.1) }
  }

  /// The sentence after "Fatal error" or "Precondition failed".
  static func reason(in report: String) -> String? {
    report.firstMatch(
      of: #/(?:Fatal error|Precondition failed|Assertion failed): ([^\n]+)/#
    ).map { String($0.1) }
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
    case SIGABRT: "the program gave up: something in it called `abort`"
    case SIGKILL: "the program used up its memory"
    case SIGXFSZ: "the program printed more than 16 MB"
    default: "the program ended with status \(signal)"
    }
  }
}
