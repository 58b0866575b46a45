import Testing

@testable import Shared

/// Moves the pixel of some images to white, and remembers which it was given.
private struct Whitening: Attack {
  /// The labels of the images that it brings down.
  var labels: Set<Int>
  var distance: Float = 1

  var bound: Bound { .maximum(.pixels(1)) }

  func perturb(_ images: Tensor, goals: [Goal], asking model: ScoreAccess)
    -> Tensor
  {
    // One query an image, so that a test can count who was attacked.
    _ = model.logits(of: images)
    var result = images
    for (row, goal) in goals.enumerated() where labels.contains(goal.label) {
      result.replaceRow(row, with: [distance, images.row(row).last ?? 0])
    }
    return result
  }
}

/// Class 0 or 1 by the second pixel, but class 2 as soon as the first is
/// brighter than a half.
private let classifier: Sequential = [
  "scores": Linear(
    weight: Tensor(shape: [3, 2], scalars: [0, -1, 0, 1, 100, 0]),
    bias: Tensor([0.5, -0.5, -49]))
]

private let batch = Batch(
  images: Tensor(shape: [4, 2], scalars: [0, 0, 0, 1, 0, 0, 0, 1]),
  labels: [0, 1, 0, 0])

@Suite struct WorstCaseTests {
  @Test func `an image that has fallen is not attacked again`() {
    let worst = WorstCase(
      [
        .init("zeros", Whitening(labels: [0])),
        .init("all", Whitening(labels: [0, 1])),
      ], bound: .maximum(.pixels(1)))
    let run = WorstCaseRun(worst, on: batch, against: classifier)
    // The last image is of class 0 and read as 1: wrong from the start.
    #expect(run.turns.map(\.attacked) == [3, 1])
    #expect(run.turns.map(\.fallen) == [2, 1])
    #expect(run.stands == [false, false, false, false])
    #expect(run.accuracy == Proportion(0, of: 4))
    // Clean, first attack and its answer; the second image twice that.
    #expect(run.passes.map(\.forward) == [3, 5, 3, 1])
    #expect(run.images.row(3) == batch.images.row(3))
  }

  @Test func `it stands only where every attack fails`() {
    let alone = [[0], [1]].map { labels in
      classifier.accuracy(under: Whitening(labels: Set(labels)), on: batch)
    }
    #expect(alone.map(\.successes) == [1, 2])
    let worst = WorstCase(
      [
        .init("zeros", Whitening(labels: [0])),
        .init("none", Whitening(labels: [])),
      ],
      bound: .maximum(.pixels(1)))
    let run = WorstCaseRun(worst, on: batch, against: classifier)
    #expect(run.stands == [false, true, false, false])
    #expect(
      classifier.accuracy(under: worst, on: batch) == run.accuracy)
  }

  @Test func `who leaves the bound brings nothing down`() {
    let worst = WorstCase(
      [
        .init("too far", Whitening(labels: [0, 1])),
        .init("near", Whitening(labels: [0], distance: 0.6)),
      ], bound: .maximum(.pixels(0.7)))
    let run = WorstCaseRun(worst, on: batch, against: classifier)
    #expect(run.turns.map(\.broken) == [3, 0])
    #expect(run.turns.map(\.fallen) == [0, 2])
    #expect(run.stands == [false, true, false, false])
  }

  @Test func `no more stand than under any of its attacks`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    let epsilon = Epsilon.pixels(0.1)
    let worst = WorstCase.brief(epsilon: epsilon)
    let run = WorstCaseRun(worst, on: batch, against: victim.model)
    let alone = [
      victim.model.accuracy(under: FGSM(epsilon: epsilon), on: batch),
      victim.model.accuracy(under: APGD(epsilon: epsilon), on: batch),
    ]
    #expect(alone.allSatisfy { run.accuracy.successes <= $0.successes })
    #expect(epsilon.isAllowed(run.images, from: batch.images))
    #expect(
      Set(WorstCase.standard(epsilon: epsilon).members.map(\.name))
        .isSuperset(of: worst.members.map(\.name)))
  }

  @Test func `the standard set has the budgets of its paper`() {
    let standard = WorstCase.standard(epsilon: .pixels(0.1))
    func check(_ set: WorstCase, steps: Int, queries: Int) {
      let attacks = set.members.map(\.attack)
      #expect(attacks.count == 4)
      #expect((attacks[0] as? APGD)?.steps == steps)
      let targeted = attacks[1] as? EachTarget<APGD>
      #expect(targeted?.base.steps == steps && targeted?.targets == 9)
      let nearest = attacks[2] as? EachTarget<FAB>
      #expect(nearest?.base.steps == steps && nearest?.targets == 9)
      #expect((attacks[3] as? SquareAttack)?.queries == queries)
    }
    check(standard, steps: 100, queries: 5000)
    check(
      .standard(epsilon: .pixels(0.1), steps: 7, queries: 30), steps: 7,
      queries: 30)
  }

  @Test func `the same bits on one, two and three workers`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(6)
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        WorstCase.brief(epsilon: .pixels(0.1), seed: 3).perturb(
          batch.images, labels: batch.labels, against: victim.model)
      }
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }
}
