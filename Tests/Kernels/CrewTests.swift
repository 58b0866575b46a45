import Testing

@testable import Shared

extension Kernels {
  @Suite struct CrewTests {
    @Test func `work inside of work is done too`() {
      let sums = Workers.$count.withValue(2) {
        Workers.map(8) { outer in
          Workers.map(8) { outer * 8 + $0 }.reduce(0, +)
        }
      }
      #expect(sums == (0..<8).map { $0 * 64 + 28 })
    }

    @Test func `no piece is lost or done twice, however short`() {
      // Thousands of sections, with pauses in which the threads fall asleep.
      for round in 0..<2000 {
        let results = Workers.$count.withValue(2) { Workers.map(3) { $0 } }
        #expect(results == [0, 1, 2])
        if round % 500 == 0 {
          let end = ContinuousClock.now + .milliseconds(5)
          while ContinuousClock.now < end {}
        }
      }
    }
  }
}
