import Synchronization

@testable import Shared

/// Hears what networks report.
final class HeardReports: WorkObserver {
  private let all = Mutex<[WorkReport]>([])

  var reports: [WorkReport] { all.withLock { $0 } }

  func add(_ report: WorkReport) { all.withLock { $0.append(report) } }
}
