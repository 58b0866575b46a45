import Testing

@testable import Shared

@Suite struct SmoothedRunTests {
  private func answer(_ candidate: Int, _ votes: Int) -> SmoothedAnswer {
    SmoothedAnswer(
      candidate: candidate, votes: Proportion(votes, of: 1000), sigma: 0.5,
      alpha: 0.001)
  }

  @Test func `right answers count as far as they are certified`() {
    let answers = [
      answer(3, 1000), answer(3, 900), answer(3, 510), answer(4, 1000),
    ]
    let run = SmoothedRun(answers: answers, labels: [3, 3, 3, 3])
    // 510 of 1000 may be chance.
    #expect(answers[2].radius == nil)
    #expect(run.abstained == Proportion(1, of: 4))
    #expect(run.accuracy == Proportion(2, of: 4))
    #expect(run.certifiedAccuracy(atRadius: 0) == run.accuracy)
    let (far, near) = (answers[0].radius ?? 0, answers[1].radius ?? 0)
    #expect(far > near && near > 0)
    for (radius, count) in [
      (near.nextDown, 2), (near, 1), (far.nextDown, 1), (far, 0), (10.0, 0),
    ] {
      #expect(
        run.certifiedAccuracy(atRadius: radius) == Proportion(count, of: 4))
    }
  }

  @Test func `a run certifies a batch`() {
    let images = SmoothingSamples.images(at: [0.4, -0.4, 0])
    let smoothing = RandomizedSmoothing(
      SmoothingSamples.model, sigma: 0.25, seed: 1)
    let run = SmoothedRun(
      smoothing, on: Batch(images: images, labels: [0, 0, 0]))
    #expect(run.answers == smoothing.certify(images))
    #expect(run.labels == [0, 0, 0])
    #expect(run.accuracy == Proportion(1, of: 3))
    #expect(run.abstained == Proportion(1, of: 3))
    #expect(run.certifiedAccuracy(atRadius: 0.2) == Proportion(1, of: 3))
    #expect(run.certifiedAccuracy(atRadius: 0.4) == Proportion(0, of: 3))
  }

  /// Φ⁻¹(0.001^(1/n)), as `scipy.stats.norm.ppf` gives it.
  @Test(arguments: [(100, 1.5005), (1000, 2.4632), (10_000, 3.1982)])
  func `so many copies reach so far and no farther`(copies: Int, radius: Double)
  {
    #expect(abs(SmoothedRun.largestRadius(copies: copies) - radius) < 0.001)
  }
}
