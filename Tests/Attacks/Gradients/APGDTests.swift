import Foundation
import Synchronization
import Testing

@testable import Lesson
@testable import Shared

@Suite struct APGDTests {
  private static let digits = Result {
    let victim = try Victim.shared.get()
    return (model: victim.model, batch: victim.batch.prefix(20))
  }

  @Test(arguments: [0.003, 0.1, 0.3] as [Float])
  func `images stay within the bound, to the last bit`(size: Float) throws {
    let (model, batch) = try Self.digits.get()
    for attack in [
      APGD(epsilon: .pixels(size), steps: 6, restarts: 2),
      APGD(radius: 8 * size, loss: .dlr, steps: 6, restarts: 2),
    ] {
      let run = AttackRun.Checked(attack, on: batch, against: model)
      #expect(run.broken.isEmpty)
      #expect(run.run.images != batch.images)
    }
  }

  @Test func `a bound of 0 changes nothing`() throws {
    let (model, batch) = try Self.digits.get()
    for attack in [
      APGD(epsilon: .pixels(0), steps: 2), APGD(radius: 0, steps: 2),
    ] {
      #expect(
        attack.perturb(batch.images, labels: batch.labels, against: model)
          == batch.images)
    }
  }

  @Test func `on a linear model it errs exactly when an error is in reach`() {
    // f = 3x₁ − 4x₂ is 0.7: 0.1 away in the maximum norm, 0.14 in the Euclidean.
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    let image = ExerciseSamples.pixels(0.5, 0.2)
    func end(_ attack: APGD) -> (answer: Int, pixels: [Float]) {
      let end = attack.perturb(image, labels: [0], against: model)
      return (predictions(model.logits(of: end))[0], end.scalars)
    }
    #expect(end(APGD(epsilon: .pixels(0.101), steps: 20)).answer == 1)
    #expect(end(APGD(radius: 0.1414, steps: 20)).answer == 1)
    let box = end(APGD(epsilon: .pixels(0.099), steps: 20))
    let ball = end(APGD(radius: 0.1386, steps: 20))
    #expect(box.answer == 0)
    #expect(ball.answer == 0)
    // It ends where the loss is highest: at a corner, on the normal.
    expectClose(box.pixels.map(Double.init), [0.401, 0.299], relative: 1e-6)
    expectClose(
      ball.pixels.map(Double.init), [0.5 - 0.6 * 0.1386, 0.2 + 0.8 * 0.1386],
      relative: 1e-3)
  }

  @Test func `checkpoints are those of the paper`() {
    func checkpoints(_ steps: Int) -> [Int] {
      APGD(epsilon: .pixels(0.1), steps: steps).checkpoints
    }
    #expect(checkpoints(100) == [0, 22, 41, 57, 70, 80, 87, 93, 99])
    #expect(checkpoints(10) == [0, 3, 5, 6, 7, 8, 9, 10, 10])
    #expect(checkpoints(1).allSatisfy { $0 <= 1 })
  }

  @Test(arguments: [Norm.maximum, .euclidean])
  func `every step is that of Algorithm 1`(norm: Norm) {
    var looks: [Algorithm1.Look: Int] = [:]
    // The paper's α and ρ, and others with which steps are halved less often.
    for (alpha, rho) in [(Float(0.75), 0.75), (0.6, 0.35)] {
      for seed in UInt64(0)..<12 {
        let (hill, visited) = (Hill(seed: seed), Visited())
        let loss = visited.loss(hill)
        var attack = APGD(
          epsilon: .pixels(0.3), loss: loss, steps: 60, seed: seed)
        if norm == .euclidean {
          attack = APGD(radius: 0.3, loss: loss, steps: 60, seed: seed)
        }
        (attack.newShare, attack.risingShare) = (alpha, rho)
        let image = ExerciseSamples.pixels(0.5, 0.45)
        let end = attack.perturb(image, labels: [0], against: Hill.model)
        let start = Ball(norm: norm, radius: 0.3)
          .randomStart(around: image, seed: seed, onSurface: true)
        let expected = Algorithm1(
          hill, norm, Double(alpha), rho, image.scalars, start.scalars)
        // Near a top, a gradient divided by its length turns with the last
        // digits of a `Float`.
        let tolerance = norm == .maximum ? 1e-4 : 5e-3
        expectClose(
          visited.points.flatMap { $0 }, expected.asked.flatMap { $0 },
          relative: tolerance, "seed \(seed)")
        expectClose(
          end.scalars.map(Double.init), expected.best, relative: tolerance)
        for look in expected.looks { looks[look, default: 0] += 1 }
      }
    }
    // Every outcome of a look back must have been seen.
    for look in Algorithm1.Look.allCases {
      #expect((looks[look] ?? 0) > 3, "\(looks)")
    }
  }

  @Test func `with a target it reaches that and nothing else`() throws {
    let (model, batch) = try Self.digits.get()
    let goals = batch.labels.map { Goal.reach(($0 + 1) % 10, from: $0) }
    for loss in [AttackLoss.crossEntropy, .dlr] {
      let attack = APGD(epsilon: .pixels(0.35), loss: loss, steps: 20)
      let end = attack.perturb(batch.images, goals: goals, against: model)
      let answers = predictions(model.logits(of: end))
      let reached = zip(goals, answers).count { $0.isMet(by: $1) }
      #expect(reached > 12, "\(loss.name) reached \(reached) of 20")
    }
  }

  @Test func `an image that has fallen stays and is asked about no more`() {
    // The lead is 0.5 · (x₁ − x₂): 0.4, never lost, and −0.4 from the start on.
    let model = ExerciseSamples.twoPixelClassifier([0.5, -0.5])
    let images = ExerciseSamples.pixels(0.9, 0.1, 0.1, 0.9, 0.9, 0.1)
    let goals = [0, 0, 0].map(Goal.avoid)
    func passes(_ attack: APGD) -> [Passes] {
      attack.run(on: images, goals: goals, against: model).passes
    }
    let all = Passes(forward: 8, backward: 8)
    let one = Passes(forward: 1, backward: 1)
    let attack = APGD(epsilon: .pixels(0.1), steps: 7, seed: 3)
    #expect(passes(attack) == [all, one, all])
    // With two starts it has to compare their ends.
    let twice = APGD(epsilon: .pixels(0.1), steps: 7, restarts: 2, seed: 3)
    #expect(
      passes(twice).map(\.backward) == [16, 1, 16])
    #expect(passes(twice).map(\.forward) == [18, 2, 18])
    let start = Ball(norm: .maximum, radius: 0.1)
      .randomStart(around: images, seed: 3, onSurface: true)
    #expect(
      attack.perturb(images, goals: goals, against: model).row(1)
        == start.row(1))
  }

  @Test func `the same seed gives the same bits for any number of workers`()
    throws
  {
    let (model, batch) = try Self.digits.get()
    for attack in [
      APGD(epsilon: .pixels(0.1), steps: 8, restarts: 2, seed: 4),
      APGD(radius: 1, steps: 8, restarts: 2, seed: 4),
    ] {
      let ends = [1, 2, 3].map { workers in
        Workers.$count.withValue(workers) {
          attack.perturb(batch.images, labels: batch.labels, against: model)
        }
      }
      #expect(ends[0] == ends[1])
      #expect(ends[0] == ends[2])
    }
  }

  @Test func `a loss that is no number breaks no promise`() throws {
    let (model, batch) = try Self.digits.get()
    let broken = AttackLoss("none") { logits, _ in
      (.nan, logits.map { _ in .nan })
    }
    for attack in [
      APGD(epsilon: .pixels(0.1), loss: broken, steps: 4),
      APGD(radius: 1, loss: broken, steps: 4),
    ] {
      let run = AttackRun.Checked(attack, on: batch, against: model)
      #expect(run.broken.isEmpty)
    }
  }

  @Test func `it leaves the images that AutoAttack leaves`() throws {
    let victim = try Victim.shared.get()
    let expected = try AttackFixture.load().apgdCE
    let batch = victim.batch.prefix(40)
    let run = AttackRun(
      APGD(epsilon: .pixels(expected.epsilon)), on: batch, against: victim.model
    )
    let left = Set(run.isMet.indices.filter { !run.isMet[$0] })
    // What every seed decides alike must be so here; the others may be either.
    let seeds = expected.stillRight.map(Set.init)
    let always = seeds.dropFirst().reduce(seeds[0]) { $0.intersection($1) }
    let ever = seeds.reduce(Set()) { $0.union($1) }
    #expect(always.isSubset(of: left), "\(always.subtracting(left))")
    #expect(left.isSubset(of: ever), "\(left.subtracting(ever))")
    #expect(ever.count < 40)
  }

  @Test func `settings that make no attack are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = APGD(epsilon: .pixels(0.1), steps: 0).perturb(
        ExerciseSamples.pixels(0.5, 0.5), labels: [0],
        against: ExerciseSamples.twoPixelClassifier([1, 1]))
    }
    expectMessage(of: result, contains: "at least one step, got 0")
  }
}
