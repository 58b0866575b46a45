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
  /// One for the whole process.
  static let shared = Crew()

  private typealias Work = @Sendable () -> Void
  private let helpers = Mutex<[Helper]>([])
  private let isBusy = Atomic(false)

  private init() {}

  /// Runs `work` on `threads` threads, this one included; false if the system
  /// does not give so many, or if somebody else is using them.
  func perform(on threads: Int, _ work: @escaping @Sendable () -> Void) -> Bool
  {
    guard
      isBusy.compareExchange(
        expected: false, desired: true, ordering: .acquiring
      ).exchanged
    else { return false }
    defer { isBusy.store(false, ordering: .releasing) }
    guard let team = team(of: threads - 1) else { return false }
    // More threads than cores would take the time from one another by waiting.
    let spins = threads <= ProcessInfo.processInfo.activeProcessorCount
    for helper in team { helper.begin(work, spins: spins) }
    work()
    for helper in team { helper.waitUntilDone(spins: spins) }
    return true
  }

  /// So many helpers, new ones if there are not enough.
  private func team(of count: Int) -> [Helper]? {
    helpers.withLock { helpers in
      if helpers.count < count {
        let new = (helpers.count..<count).map { _ in Helper() }
        let begun = startThreads(new.count, name: "worker") { new[$0].run() }
        helpers += new.prefix(begun)
      }
      return helpers.count < count ? nil : Array(helpers.prefix(count))
    }
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
  private let spins = Atomic(false)
  private let wakeUp = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  func begin(_ newWork: @escaping @Sendable () -> Void, spins: Bool) {
    work.withLock { $0 = newWork }
    self.spins.store(spins, ordering: .relaxed)
    let before = state.exchange(
      State.working, ordering: .acquiringAndReleasing)
    if before == State.asleep { wakeUp.signal() }
  }

  func waitUntilDone(spins: Bool) {
    if spins { spin { state.load(ordering: .acquiring) != State.working } }
    done.wait()
  }

  func run() {
    while true {
      if spins.load(ordering: .relaxed) {
        spin { state.load(ordering: .acquiring) == State.working }
      }
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
