import Testing

@testable import Shared

@Suite struct PairedProportionsTests {
  @Test func `counts images by what the two say of them`() {
    let paired = PairedProportions(
      [true, true, false, false, true], [true, false, true, false, true])
    #expect(
      paired
        == PairedProportions(both: 2, onlyFirst: 1, onlySecond: 1, neither: 1))
    #expect(paired.lead == 0 && paired.total == 5)
  }

  /// Newcombe 1998, method 10.
  @Test(arguments: [
    (36, 12, 2, 0, 0.0569, 0.3404), (36, 14, 0, 0, 0.1528, 0.4167),
    (54, 0, 0, 0, -0.0664, 0.0664),
    (30, 0, 0, 0, -0.1135, 0.1135),
  ])
  func `the interval is the published one`(
    both: Int, first: Int, second: Int, neither: Int, low: Double, high: Double
  ) {
    let interval = PairedProportions(
      both: both, onlyFirst: first, onlySecond: second, neither: neither
    ).lead95
    #expect(abs(interval.lowerBound - low) < 1e-4, "\(interval)")
    #expect(abs(interval.upperBound - high) < 1e-4, "\(interval)")
  }

  @Test func `is sharper than two intervals where both agree on most images`() {
    let paired = PairedProportions(
      both: 880, onlyFirst: 20, onlySecond: 4, neither: 96)
    let independent = Proportion(900, of: 1000).lead95(
      over: Proportion(884, of: 1000))
    #expect(paired.lead95.lowerBound > 0)
    #expect(independent.lowerBound < 0)
  }

  @Test func `changing places changes the sign`() {
    let one = PairedProportions(
      both: 36, onlyFirst: 12, onlySecond: 2, neither: 5)
    let other = PairedProportions(
      both: 36, onlyFirst: 2, onlySecond: 12, neither: 5)
    #expect(abs(one.lead95.lowerBound + other.lead95.upperBound) < 1e-12)
    #expect(abs(one.lead95.upperBound + other.lead95.lowerBound) < 1e-12)
  }
}
