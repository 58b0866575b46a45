import Foundation
import Testing

@testable import Shared

@Suite struct NormalQuantileTests {
  @Test func `quantiles are SciPy's`() throws {
    for entry in try BinomialFixture.load().normalQuantiles {
      let value = standardNormalQuantile(entry.probability)
      #expect(
        abs(value - entry.quantile) <= 1e-12 * max(1, abs(entry.quantile)),
        "\(entry.probability): \(value) instead of \(entry.quantile)")
    }
  }

  @Test func `the one that everybody knows`() {
    #expect(abs(standardNormalQuantile(0.975) - 1.959963984540054) < 1e-14)
    #expect(standardNormalQuantile(0.5) == 0)
  }

  @Test func `it undoes the distribution and is symmetric`() {
    for x in stride(from: -8.0, through: 0, by: 0.37) {
      let probability = erfc(-x / 2.0.squareRoot()) / 2
      #expect(abs(standardNormalQuantile(probability) - x) < 1e-12)
    }
    // Both probabilities are exact.
    for probability in [0.25, 0.125, 0x1p-30] {
      #expect(
        standardNormalQuantile(1 - probability)
          == -standardNormalQuantile(probability))
    }
  }

  @Test func `just above one half it is above 0`() {
    #expect(standardNormalQuantile(0.5.nextUp) > 0)
    #expect(standardNormalQuantile(0.5.nextDown) < 0)
  }
}
