import Dispatch
import Foundation
import Synchronization

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
    _ pieces: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let threads = min(count, pieces)
    guard threads > 1 else { return (0..<pieces).map(body) }
    let next = Atomic(0)
    var results = [Result?](repeating: nil, count: pieces)
    results.withUnsafeMutableBufferPointer { buffer in
      // Each piece writes its own element and no other, so the threads never
      // meet; the compiler cannot see that.
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard piece < pieces else { return }
          slots[piece] = body(piece)
        }
      }
    }
    return results.compactMap { $0 }
  }

  /// Cuts `0..<count` into consecutive ranges of at most `size`.
  public static func shards(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
