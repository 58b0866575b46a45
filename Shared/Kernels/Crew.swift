import Dispatch
import Foundation
import Synchronization
internal import Vector

/// Threads that stay, so that a short piece of work can begin at once.
///
/// A training step has half a dozen sections of 0.1 to 6 ms. To wake a sleeping
/// thread takes up to a tenth of a millisecond, so a thread that has finished
/// looks out for more work for a while before it goes to sleep: two workers
/// then train about 1.1 times as fast as with Dispatch.
final class Crew: Sendable {
  /// One for the whole process, made when it is first needed.
  static let shared = Crew(
    helpers: ProcessInfo.processInfo.activeProcessorCount - 1)

  private typealias Work = @Sendable () -> Void
  private let helpers: [Helper]
  private let isBusy = Atomic(false)

  private init(helpers count: Int) {
    let all = (0..<max(count, 0)).map { _ in Helper() }
    let begun = startThreads(all.count, name: "worker") { all[$0].run() }
    helpers = Array(all.prefix(begun))
  }

  /// Runs `work` on `threads` threads, this one included; false if there are
  /// not so many, or if somebody else is using them.
  func perform(on threads: Int, _ work: @escaping @Sendable () -> Void) -> Bool
  {
    guard threads <= helpers.count + 1,
      isBusy.compareExchange(
        expected: false, desired: true, ordering: .acquiring
      ).exchanged
    else { return false }
    for helper in helpers.prefix(threads - 1) { helper.begin(work) }
    work()
    for helper in helpers.prefix(threads - 1) { helper.waitUntilDone() }
    isBusy.store(false, ordering: .releasing)
    return true
  }
}

/// One thread and the work it has been given.
private final class Helper: Sendable {
  private enum State {
    static let asleep = 0
    static let idle = 1
    static let working = 2
  }

  private let work = Mutex<(@Sendable () -> Void)?>(nil)
  private let state = Atomic(State.idle)
  private let wakeUp = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  func begin(_ newWork: @escaping @Sendable () -> Void) {
    work.withLock { $0 = newWork }
    let before = state.exchange(
      State.working, ordering: .acquiringAndReleasing)
    if before == State.asleep { wakeUp.signal() }
  }

  func waitUntilDone() {
    spin { state.load(ordering: .acquiring) != State.working }
    done.wait()
  }

  func run() {
    while true {
      spin { state.load(ordering: .acquiring) == State.working }
      let slept = state.compareExchange(
        expected: State.idle, desired: State.asleep,
        ordering: .acquiringAndReleasing)
      if slept.exchanged { wakeUp.wait() }
      let current = work.withLock { $0.take() }
      current?()
      state.store(State.idle, ordering: .releasing)
      done.signal()
    }
  }

  /// Looks again and again, for about a fifth of a millisecond.
  private func spin(until isReady: () -> Bool) {
    let end = DispatchTime.now().uptimeNanoseconds + 200_000
    while !isReady(), DispatchTime.now().uptimeNanoseconds < end {
      pauseWaiting()
    }
  }
}
