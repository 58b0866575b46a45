import Dispatch
import Foundation
import Synchronization
internal import Vector

/// How many threads share the heavy work.
///
/// The number changes how long a result takes, never the result: work is cut
/// into pieces that do not depend on it, and the pieces are put together in a
/// fixed order.
public enum Workers {
  /// The number of workers in force here; all cores unless told otherwise.
  @TaskLocal public static var count =
    ProcessInfo.processInfo.activeProcessorCount

  /// Runs `body` for `0..<pieces` on all workers; results come in order.
  public static func map<Result: Sendable>(
    _ pieces: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    memory
    let threads = min(count, pieces)
    guard threads > 1 else { return (0..<pieces).map(body) }
    let counter = Counter()
    var results = [Result?](repeating: nil, count: pieces)
    results.withUnsafeMutableBufferPointer { buffer in
      // Each piece writes its own element and no other, so the threads never
      // meet; the compiler cannot see that.
      nonisolated(unsafe) let slots = buffer
      perform(on: threads) {
        while true {
          let piece = counter.next()
          guard piece < pieces else { return }
          slots[piece] = body(piece)
        }
      }
    }
    return results.compactMap { $0 }
  }

  /// Runs `work` once on each of `threads` threads, this one included.
  ///
  /// Whoever asks for more threads than there are cores, or while somebody else
  /// keeps the crew busy, gets threads of their own.
  private static func perform(
    on threads: Int, _ work: @escaping @Sendable () -> Void
  ) {
    if Crew.shared.perform(on: threads, work) { return }
    let others = DispatchGroup()
    for _ in 1..<threads {
      Thread.detachNewThread {
        // Entered here, not before: a thread that the system could not give is
        // not waited for, and one that comes late finds no piece left.
        others.enter()
        work()
        others.leave()
      }
    }
    work()
    others.wait()
  }

  /// Cuts `0..<count` into consecutive ranges of at most `size`.
  public static func shards(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}

/// Set up once, before the first work.
private let memory: Void = keepFreedMemory()

/// Hands out 0, 1, 2, … to any number of threads.
private final class Counter: Sendable {
  private let count = Atomic(0)

  func next() -> Int {
    count.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue
  }
}
