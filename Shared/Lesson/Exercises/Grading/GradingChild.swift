import Dispatch
import Foundation

/// The other side of `CheckProcess`: the process in which the learner's code
/// runs.
struct GradingChild {
  var exercises: [any Gradable]

  /// Grades one exercise, writes the report, and ends the process.
  ///
  /// - Parameter arguments: The exercise and the file for the report.
  func run(_ arguments: [String]) -> Never {
    guard arguments.count == 2,
      let exercise = exercises.first(where: { $0.name == arguments[0] }),
      let report = try? FileHandle(
        forWritingTo: URL(fileURLWithPath: arguments[1]))
    else { exit(CheckProcess.unknownCode) }
    limit()
    func write(_ line: CheckProcess.Line) {
      guard let data = try? JSONEncoder().encode(line) else { return }
      report.write(data + Data("\n".utf8))
    }
    let verdict = exercise.verdict { write(.init(question: $0)) }
    write(.init(verdict: verdict))
    fflush(nil)
    exit(0)
  }

  // This process shall not outlive its parent, must hear the signal that ends a
  // loop, and shall not take the machine with it.
  private func limit() {
    DispatchQueue.global().async { Self.endWithParent() }
    signal(SIGXFSZ, SIG_DFL)  // the parent ignores it
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, nil)
    #if os(Linux)
      limit(megabytes: 16, Int32(RLIMIT_FSIZE.rawValue))
      limit(megabytes: 6144, Int32(RLIMIT_AS.rawValue))
    #else
      limit(megabytes: 16, RLIMIT_FSIZE)
    #endif
  }

  /// Waits for the end of the input, which is the end of the parent.
  ///
  /// While Swift prints a backtrace it interrupts all threads, and so the read;
  /// that is not the end.
  private static func endWithParent() {
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count == 0 { _exit(130) }
      if count < 0, errno != EINTR { return }
    }
  }

  private func limit(megabytes: Int, _ resource: Int32) {
    var limit = rlimit()
    limit.rlim_cur = rlim_t(megabytes << 20)
    limit.rlim_max = limit.rlim_cur
    setrlimit(resource, &limit)
  }
}
