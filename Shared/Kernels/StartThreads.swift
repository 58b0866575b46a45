import Dispatch
import Foundation

/// Starts threads one after the other, and stops where the system gives no
/// more.
///
/// Foundation does not tell that a thread could not be made, so each is waited
/// for until it runs: a twentieth of a millisecond where all is well, and a
/// second where a limit is reached.
///
/// - Parameters:
///   - count: How many to start.
///   - name: What a debugger calls them.
///   - body: What each does, given its number from 0.
/// - Returns: How many have begun.
package func startThreads(
  _ count: Int, name: String, _ body: @escaping @Sendable (Int) -> Void
) -> Int {
  for index in 0..<count {
    let hasBegun = DispatchSemaphore(value: 0)
    let thread = Thread {
      hasBegun.signal()
      body(index)
    }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
    guard hasBegun.wait(timeout: .now() + 1) == .success else { return index }
  }
  return count
}

/// Whether so many threads could run at once, besides those there are.
///
/// Some of Foundation and Dispatch waits for ever for a thread that the system
/// does not give; this asks before.
package func threadsAreToBeHad(_ count: Int) -> Bool {
  let isOver = DispatchSemaphore(value: 0)
  let begun = startThreads(count, name: "probe") { _ in
    isOver.wait()
    isOver.signal()
  }
  isOver.signal()
  return begun == count
}
