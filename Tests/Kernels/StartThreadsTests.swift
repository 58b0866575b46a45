import Dispatch
import Synchronization
import Testing

@testable import Shared

extension Kernels {
  @Suite struct StartThreadsTests {
    @Test func `each thread runs with its number`() {
      let numbers = Mutex<[Int]>([])
      let done = DispatchSemaphore(value: 0)
      let begun = startThreads(5, name: "test") { index in
        numbers.withLock { $0.append(index) }
        done.signal()
      }
      #expect(begun == 5)
      for _ in 0..<5 { done.wait() }
      #expect(numbers.withLock { $0.sorted() } == [0, 1, 2, 3, 4])
      #expect(startThreads(0, name: "test") { _ in } == 0)
    }

    @Test func `here three threads are to be had`() {
      #expect(threadsAreToBeHad(3))
    }
  }
}
