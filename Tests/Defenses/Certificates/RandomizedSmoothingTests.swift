import Foundation
import Synchronization
import Testing

@testable import Shared

private final class PassSum: WorkObserver {
  let passes = Mutex(0)

  func add(_ report: WorkReport) {
    passes.withLock { $0 += report.passes }
  }
}

@Suite struct RandomizedSmoothingTests {
  private let model = SmoothingSamples.model

  @Test func `radii stay below the distance to the line, and come near`() {
    let distances = [0.15, 0.25, 0.4, 0.5, -0.2, -0.45]
    let smoothing = RandomizedSmoothing(
      model, sigma: 0.25, estimationCount: 20_000, seed: 1)
    let answers = smoothing.certify(SmoothingSamples.images(at: distances))
    for (distance, answer) in zip(distances, answers) {
      #expect(answer.label == (distance > 0 ? 0 : 1))
      let radius = answer.radius ?? 0
      #expect(radius <= abs(distance))
      // Seven standard deviations of the count, three of them for α.
      #expect(radius > 0.85 * abs(distance))
    }
  }

  @Test func `votes are independent and as probable as they should be`() {
    // One standard deviation from the line: Φ(1) of the copies stay.
    let probability = 0.8413447460685429
    let counts = (0..<200).map { seed in
      RandomizedSmoothing(
        model, sigma: 0.2, estimationCount: 100, seed: UInt64(seed)
      ).certify(SmoothingSamples.images(at: [0.2]))[0].votes.successes
    }
    let variance = 100 * probability * (1 - probability)
    let deviations = counts.map { Double($0) - 100 * probability }
    let mean = deviations.reduce(0, +) / 200
    #expect(abs(mean) < 5 * (variance / 200).squareRoot())
    // The variance of a variance from 200 normal numbers: σ⁴ · 2 / 200.
    let measured = deviations.reduce(0) { $0 + $1 * $1 } / 200
    #expect(abs(measured / variance - 1) < 0.5)
  }

  @Test func `on the line it abstains`() {
    let image = SmoothingSamples.images(at: [0])
    let smoothing = RandomizedSmoothing(
      model, sigma: 0.25, estimationCount: 2000, seed: 2)
    let answer = smoothing.certify(image)[0]
    #expect(answer.radius == nil && answer.label == nil)
    #expect(answer.probability <= 0.5)
    #expect(smoothing.predict(image)[0] == nil)
  }

  @Test func `the number of copies limits what they can say`() {
    // So far away all copies agree. 0.5⁹ > 0.001 > 0.5¹⁰, and for the two-sided
    // test 2 · 0.5¹⁰ > 0.001 > 2 · 0.5¹¹.
    let image = SmoothingSamples.images(at: [0.6])
    func smoothing(_ copies: Int) -> RandomizedSmoothing {
      RandomizedSmoothing(model, sigma: 0.01, estimationCount: copies)
    }
    #expect(smoothing(9).certify(image)[0].label == nil)
    #expect(smoothing(10).certify(image)[0].label == 0)
    #expect(smoothing(10).predict(image)[0] == nil)
    #expect(smoothing(11).predict(image)[0] == 0)
    let answer = smoothing(1000).certify(image)[0]
    #expect(answer.votes == Proportion(1000, of: 1000))
    expectClose(
      [answer.radius ?? 0],
      [Double(Float(0.01)) * standardNormalQuantile(pow(0.001, 0.001))],
      relative: 1e-9)
  }

  @Test func `predictions are those of either side`() {
    let smoothing = RandomizedSmoothing(model, sigma: 0.25, seed: 3)
    #expect(
      smoothing.predict(SmoothingSamples.images(at: [0.2, -0.2, 0.5]))
        == [0, 1, 0])
  }

  @Test func `the largest share is enough to predict, not to certify`() {
    // One pixel in three bands: class 0 below, 1 between, 2 above, with the
    // probabilities 0.31, 0.38 and 0.31.
    let bands: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [3, 1], scalars: [-1, 0, 1]),
        bias: Tensor([0, 0.5, 0]))
    ]
    let smoothing = RandomizedSmoothing(
      bands, sigma: 1, selectionCount: 5000, estimationCount: 5000, seed: 4)
    let image = Tensor(shape: [1, 1], scalars: [0])
    #expect(smoothing.predict(image)[0] == 1)
    let answer = smoothing.certify(image)[0]
    #expect(answer.candidate == 1 && answer.label == nil)
  }

  @Test func `an answer depends on the image alone`() {
    let images = Sample.uniform([4, 8, 8, 1], seed: 5).map { abs($0) }
    let smoothing = RandomizedSmoothing(
      Sample.smallNetwork(seed: 6), sigma: 0.5, selectionCount: 20,
      estimationCount: 100, seed: 7)
    let answers = smoothing.certify(images)
    let predicted = smoothing.predict(images)
    for row in 0..<4 {
      #expect(smoothing.certify(images.rows([row])) == [answers[row]])
      #expect(smoothing.predict(images.rows([row])) == [predicted[row]])
    }
    #expect(
      smoothing.certify(images.rows([3, 1, 3]))
        == [answers[3], answers[1], answers[3]])
    #expect(smoothing.certify(images.rows(0..<0)).isEmpty)
  }

  @Test(arguments: [1, 2, 3, 8])
  func `the same seed gives the same votes for any number of workers`(
    _ workers: Int
  ) {
    let images = SmoothingSamples.images(at: [0.2, 0.22, 0.24, 0.26])
    func answers(seed: UInt64, selection: Int = 100) -> [SmoothedAnswer] {
      RandomizedSmoothing(
        model, sigma: 0.25, selectionCount: selection, seed: seed
      ).certify(images)
    }
    let one = Workers.$count.withValue(1) { answers(seed: 8) }
    #expect(Workers.$count.withValue(workers) { answers(seed: 8) } == one)
    // The selection has noise of its own.
    #expect(answers(seed: 8, selection: 200).map(\.votes) == one.map(\.votes))
    #expect(answers(seed: 9).map(\.votes) != one.map(\.votes))
  }

  @Test func `as many passes as announced`() {
    let sum = PassSum()
    let smoothing = RandomizedSmoothing(
      model, sigma: 0.1, selectionCount: 7, estimationCount: 50)
    _ = WorkReport.$observer.withValue(sum) {
      smoothing.certify(SmoothingSamples.images(at: [0.1, 0.2, 0.3]))
    }
    #expect(sum.passes.withLock { $0 } == 3 * 57)
    #expect(smoothing.passes(images: 3) == 3 * 57)
  }
}
