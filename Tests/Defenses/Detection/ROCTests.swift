import Foundation
import Testing

@testable import Shared

@Suite struct ROCTests {
  @Test func `three scores of each kind by hand`() {
    let roc = ROC(clean: [2, 1, 3], attacked: [4, 2, 3])
    // Of nine pairs six are in order and two tied.
    #expect(roc.area == 7.0 / 9)
    // Rejected above 3, 2, 1 and 0; one of them lies on a straight line.
    #expect(roc.points.map(\.falsePositiveRate) == [0, 0, 2.0 / 3, 1])
    #expect(roc.points.map(\.truePositiveRate) == [0, 1.0 / 3, 1, 1])
  }

  @Test func `the ends: all told apart, all the wrong way round, all tied`() {
    let apart = ROC(clean: [0, 1], attacked: [2, 3, 4])
    #expect(apart.area == 1 && apart.points.count == 3)
    #expect(ROC(clean: [2, 3, 4], attacked: [0, 1]).area == 0)
    let tied = ROC(clean: [5, 5], attacked: [5, 5, 5])
    #expect(tied.area == 0.5 && tied.points.count == 2)
    let infinite = ROC(clean: [-.infinity, 0], attacked: [.infinity, 0])
    #expect(infinite.area == 0.875)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the area is Mann and Whitney's, and that below the points`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    func scores(_ count: Int, from first: Int) -> [Double] {
      (0..<count).map { _ in
        Double(first + Int.random(in: 0..<12, using: &generator))
      }
    }
    let clean = scores(5 + Int(seed), from: 0)
    let attacked = scores(30 - Int(seed), from: 3)
    var sum = 0.0
    for one in attacked {
      for other in clean { sum += one > other ? 1 : one == other ? 0.5 : 0 }
    }
    let roc = ROC(clean: clean, attacked: attacked)
    #expect(roc.area == sum / Double(clean.count * attacked.count))
    var below = 0.0
    for (left, right) in zip(roc.points, roc.points.dropFirst()) {
      #expect(left.falsePositiveRate <= right.falsePositiveRate)
      #expect(left.truePositiveRate <= right.truePositiveRate)
      below +=
        (right.falsePositiveRate - left.falsePositiveRate)
        * (left.truePositiveRate + right.truePositiveRate) / 2
    }
    #expect(abs(below - roc.area) < 1e-12)
    #expect(roc.points.first == ROC(clean: [0], attacked: [0]).points.first)
    #expect(roc.points.last == ROC(clean: [0], attacked: [0]).points.last)
  }

  /// Hanley and McNeil 1982: images of 58 patients without and 51 with a
  /// finding, rated from 1 to 5.
  ///
  /// They give the area as 0.893 and its standard error as 0.032.
  @Test func `the published area, and an interval that belongs to it`() {
    func ratings(_ counts: [Int]) -> [Double] {
      counts.enumerated().flatMap {
        Array(repeating: Double($0.offset + 1), count: $0.element)
      }
    }
    let roc = ROC(
      clean: ratings([33, 6, 6, 11, 2]), attacked: ratings([3, 2, 2, 11, 33]))
    #expect(abs(roc.area - 0.893) < 0.0005)
    let interval = roc.areaInterval95
    let error = (interval.upperBound - interval.lowerBound) / (2 * 1.96)
    #expect(abs(error - 0.032) < 0.001)
    // The equation of method 5, with the error as Hanley and McNeil write it.
    let others = (58.0 + 51) / 2 - 1
    for end in [interval.lowerBound, interval.upperBound] {
      let (q1, q2) = (end / (2 - end), 2 * end * end / (1 + end))
      let variance =
        (end * (1 - end) + others * (q1 - end * end)
          + others * (q2 - end * end)) / (58 * 51)
      #expect(
        abs(abs(roc.area - end) - 1.959964 * variance.squareRoot()) < 1e-9)
    }
  }

  @Test(arguments: [1, 2, 10, 1000])
  func `the interval has a width even where all is told apart`(count: Int) {
    let low = (0..<count).map(Double.init)
    let high = low.map { $0 + 5000 }
    let (best, worst) = (
      ROC(clean: low, attacked: high).areaInterval95,
      ROC(clean: high, attacked: low).areaInterval95
    )
    #expect(best.upperBound == 1 && best.lowerBound < 1)
    #expect(worst.lowerBound == 0)
    #expect(abs(worst.upperBound - (1 - best.lowerBound)) < 1e-12)
    // With more images the same area is known better.
    let more = ROC(
      clean: low + low.map { $0 + 0.5 }, attacked: high + high.map { $0 + 0.5 })
    #expect(more.areaInterval95.lowerBound > best.lowerBound)
  }

  @Test(
    arguments: [
      (0, 0), (0.05, 5), (0.0599, 5), (0.29, 29), (0.999, 99),
    ] as [(Double, Int)])
  func `a threshold rejects as many clean images as it may`(
    rate: Double, rejected: Int
  ) {
    let clean = (0..<100).map { Double($0 * 37 % 100) }
    let threshold = ROC.threshold(of: clean, falsePositiveRate: rate)
    #expect(clean.count { $0 > threshold } == rejected)
    let roc = ROC(clean: clean, attacked: [98.5, 200, -1, 94])
    #expect(roc.threshold(falsePositiveRate: rate) == threshold)
  }

  @Test func `ties are not rejected where that would be too many`() {
    #expect(ROC.threshold(of: [0, 0, 0, 0], falsePositiveRate: 0.5) == 0)
    #expect(ROC.threshold(of: [1, 2, 2, 0], falsePositiveRate: 0.25) == 2)
  }

  @Test func `as JSON`() throws {
    struct Decoded: Decodable {
      var area: Double
      var areaInterval95: [Double]
      var clean: Int
      var attacked: Int
      var points: [[String: Double]]
    }
    let roc = ROC(clean: [0], attacked: [1, 2])
    let decoded = try JSONDecoder().decode(
      Decoded.self, from: JSONEncoder().encode(roc))
    #expect(decoded.area == 1)
    #expect(decoded.areaInterval95.count == 2)
    #expect(decoded.clean == 1 && decoded.attacked == 2)
    #expect(
      decoded.points.map { $0["falsePositiveRate"] ?? -1 }
        == roc.points.map(\.falsePositiveRate))
    #expect(
      decoded.points.map { $0["truePositiveRate"] ?? -1 }
        == roc.points.map(\.truePositiveRate))
  }

  @Test func `a score that is not a number is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ROC(clean: [0, .nan], attacked: [1])
    }
    expectMessage(of: result, contains: "not a number")
  }
}
