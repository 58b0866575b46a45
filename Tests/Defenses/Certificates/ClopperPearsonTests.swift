import Foundation
import Testing

@testable import Shared

/// What SciPy says of shares and probabilities; see `make_binomial_fixture.py`.
struct BinomialFixture: Decodable {
  struct Entry: Decodable {
    var successes: Int
    var total: Int
    /// One for each of `alphas`.
    var lowerBounds: [Double]
    /// Both ends.
    var interval: [Double]
    var signTest: Double

    var proportion: Proportion { Proportion(successes, of: total) }
  }

  struct Quantile: Decodable {
    var probability: Double
    var quantile: Double
  }

  var alphas: [Double]
  var confidence: Double
  var proportions: [Entry]
  var normalQuantiles: [Quantile]

  static func load() throws -> BinomialFixture {
    let url = PackageFiles.root.appendingPathComponent(
      "Tests/Fixtures/binomial.json")
    return try JSONDecoder().decode(
      BinomialFixture.self, from: Data(contentsOf: url))
  }
}

@Suite struct ClopperPearsonTests {
  @Test func `bounds are SciPy's quantiles of beta distributions`() throws {
    let fixture = try BinomialFixture.load()
    #expect(fixture.proportions.contains { $0.total == 100_000 })
    for entry in fixture.proportions {
      let proportion = entry.proportion
      for (alpha, expected) in zip(fixture.alphas, entry.lowerBounds) {
        expectClose(
          [proportion.exactLowerBound(alpha: alpha)], [expected],
          relative: 1e-10, "\(proportion) at \(alpha)")
      }
      // An interval ends where the failures' bound begins.
      let risk = (1 - fixture.confidence) / 2
      let failures = Proportion(
        proportion.total - proportion.successes, of: proportion.total)
      expectClose(
        [
          proportion.exactLowerBound(alpha: risk),
          1 - failures.exactLowerBound(alpha: risk),
        ], entry.interval, relative: 1e-10, "\(proportion)")
    }
  }

  @Test func `the test of equal chances is SciPy's`() throws {
    for entry in try BinomialFixture.load().proportions {
      let value = entry.proportion.signTestPValue
      // Where nearly nothing is left of a Double, its digits are few.
      #expect(
        abs(value - entry.signTest) <= 1e-9 * entry.signTest + 1e-290,
        "\(entry.proportion): \(value) instead of \(entry.signTest)")
    }
  }

  @Test(arguments: [1, 4, 50, 1000], [0.001, 0.05, 0.5])
  func `where one term decides, the bound has a formula`(
    total: Int, alpha: Double
  ) {
    // All succeeded: pⁿ = α. One did: 1 − (1 − p)ⁿ = α. None: no bound.
    expectClose(
      [
        Proportion(total, of: total).exactLowerBound(alpha: alpha),
        Proportion(1, of: total).exactLowerBound(alpha: alpha),
      ],
      [
        pow(alpha, 1 / Double(total)),
        -expm1(log1p(-alpha) / Double(total)),
      ], relative: 1e-12)
    #expect(Proportion(0, of: total).exactLowerBound(alpha: alpha) == 0)
  }

  @Test func `more successes or more risk raise the bound`() {
    let alphas = [1e-9, 0.001, 0.01, 0.2, 0.5]
    for total in [1, 2, 9, 60, 200] {
      for alpha in alphas {
        let bounds = (0...total).map {
          Proportion($0, of: total).exactLowerBound(alpha: alpha)
        }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        #expect(
          bounds.indices.dropFirst().allSatisfy {
            bounds[$0] <= Double($0) / Double(total)
          })
      }
      let some = Proportion((total + 1) / 2, of: total)
      let bounds = alphas.map { some.exactLowerBound(alpha: $0) }
      #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  /// The share of experiments in which the bound is wrong, from the
  /// probabilities of all outcomes.
  @Test(arguments: [0.02, 0.3, 0.5, 0.77, 0.99], [0.001, 0.05])
  func `the risk is never above α`(truth: Double, alpha: Double) {
    for total in [1, 5, 40] {
      var probability = pow(1 - truth, Double(total))
      var risk = 0.0
      for successes in 0...total {
        let bound = Proportion(successes, of: total)
          .exactLowerBound(alpha: alpha)
        if bound > truth { risk += probability }
        probability *=
          Double(total - successes) / Double(successes + 1) * truth
          / (1 - truth)
      }
      #expect(risk <= alpha * (1 + 1e-9), "\(total)")
    }
  }

  @Test(arguments: [0.2, 0.5, 0.9])
  func `bounds of simulated experiments are seldom wrong`(truth: Double) {
    let (experiments, total, alpha) = (4000, 50, 0.05)
    let bounds = (0...total).map {
      Proportion($0, of: total).exactLowerBound(alpha: alpha)
    }
    var generator = SeededGenerator(seed: 17)
    let wrong = (0..<experiments).count { _ in
      let successes = (0..<total).count { _ in
        Double(generator.uniform()) < truth
      }
      return bounds[successes] > truth
    }
    // The mean of a binomial count and four of its standard deviations; and a
    // bound that is never wrong would be no bound at this risk.
    let mean = Double(experiments) * alpha
    #expect(Double(wrong) <= mean + 4 * (mean * (1 - alpha)).squareRoot())
    #expect(wrong > 0)
  }
}
