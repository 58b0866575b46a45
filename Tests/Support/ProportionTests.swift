import Testing

@testable import Shared

@Suite struct ProportionTests {
  /// Newcombe 1998, table II, contrasts (a) and (b), method 10.
  @Test(arguments: [
    (Proportion(56, of: 70), Proportion(48, of: 80), 0.0524, 0.3339),
    (Proportion(9, of: 10), Proportion(3, of: 10), 0.1705, 0.8090),
  ])
  func `the interval of a difference is the published one`(
    one: Proportion, other: Proportion, low: Double, high: Double
  ) {
    let interval = one.lead95(over: other)
    #expect(abs(interval.lowerBound - low) < 5e-5)
    #expect(abs(interval.upperBound - high) < 5e-5)
  }

  // The ends for 10 trials are textbook values; the others are the worked
  // examples of Newcombe, Statistics in Medicine 17 (1998), method 3.
  @Test(arguments: [
    (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0),
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
  ])
  func `Wilson's interval has its published ends`(
    _ successes: Int, _ total: Int, _ lower: Double, _ upper: Double
  ) {
    let interval = Proportion(successes, of: total).interval95
    #expect(abs(interval.lowerBound - lower) < 0.00006)
    #expect(abs(interval.upperBound - upper) < 0.00006)
  }

  @Test func `the interval stays in 0...1 and contains the share`() {
    for total in [1, 2, 3, 7, 10, 100, 1000, 9999, 10_000] {
      for successes in Set([0, 1, total / 2, total - 1, total]) {
        let proportion = Proportion(successes, of: total)
        let interval = proportion.interval95
        #expect(interval.contains(proportion.value), "\(proportion)")
        #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
        #expect(interval.upperBound - interval.lowerBound > 0)
      }
    }
  }

  @Test func `the value is the share`() {
    #expect(Proportion(3, of: 4).value == 0.75)
    #expect(Proportion(3, of: 4) == Proportion(3, of: 4))
    #expect(Proportion(3, of: 4) != Proportion(6, of: 8))
  }

  @Test func `more successes than trials are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Proportion(11, of: 10)
    }
    expectMessage(of: result, contains: "11 of 10")
  }
}
