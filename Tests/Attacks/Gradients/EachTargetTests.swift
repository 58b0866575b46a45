import Synchronization
import Testing

@testable import Lesson
@testable import Shared

/// An attack that notes what is wanted of it.
private struct Noted<Base: Attack>: Attack where Base.Access == GradientAccess {
  final class Notes: Sendable {
    let calls = Mutex<[[Goal]]>([])
  }

  let base: Base
  let notes = Notes()

  var bound: Bound { base.bound }
  var calls: [[Goal]] { notes.calls.withLock { $0 } }

  init(_ base: Base) { self.base = base }

  func perturb(_ images: Tensor, goals: [Goal], asking model: GradientAccess)
    -> Tensor
  {
    notes.calls.withLock { $0.append(goals) }
    return base.perturb(images, goals: goals, asking: model)
  }
}

@Suite struct EachTargetTests {
  /// Logits 1, 0.91 + 0.1x₁ and 4x₂: to class 2 it is steeper than to class 1.
  private static let model: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [3, 2], scalars: [0, 0, 0.1, 0, 0, 4]),
      bias: Tensor([1, 0.91, 0])),
  ]

  private static var steepest: FGSM {
    var attack = FGSM(epsilon: .pixels(0.1))
    attack.loss = .lead
    return attack
  }

  @Test func `targets come in the order of the logits, the first of equals`() {
    let flat: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [5, 2]), bias: Tensor([9, 1, 3, 3, -2]))
    ]
    func targets(_ attack: EachTarget<Noted<FGSM>>) -> [Int?] {
      _ = attack.perturb(
        Tensor(shape: [1, 2], repeating: 0.5), labels: [0], against: flat)
      return attack.base.calls.flatMap { $0.map(\.target) }
    }
    #expect(targets(EachTarget(Noted(Self.steepest))) == [2, 3, 1, 4])
    #expect(targets(EachTarget(Noted(Self.steepest), targets: 2)) == [2, 3])
  }

  @Test func `an image that has fallen is not attacked again`() {
    // The leads of class 1 are 0.04, 0.005 and 0.04, of class 2 0.2, 0.2, −0.6.
    let images = ExerciseSamples.pixels(0.5, 0.2, 0.85, 0.2, 0.5, 0.4)
    let goals = [0, 0, 0].map(Goal.avoid)
    let attack = EachTarget(Noted(Self.steepest))
    let (ends, passes) = attack.run(
      on: images, goals: goals, against: Self.model)
    #expect(
      attack.base.calls == [
        [.reach(1, from: 0), .reach(1, from: 0)], [.reach(2, from: 0)],
      ])
    #expect(predictions(Self.model.logits(of: ends)) == [2, 1, 2])
    #expect(ends.row(2) == images.row(2))
    #expect(
      passes == [
        Passes(forward: 5, backward: 2), Passes(forward: 3, backward: 1),
        Passes(forward: 1, backward: 0),
      ])
  }

  @Test func `it finds what the attack without targets misses`() {
    let image = ExerciseSamples.pixels(0.5, 0.2)
    func answer(_ attack: any Attack) -> Int {
      predictions(
        Self.model.logits(
          of: attack.perturb(image, labels: [0], against: Self.model)))[0]
    }
    #expect(answer(Self.steepest) == 0)
    #expect(answer(EachTarget(Self.steepest, targets: 1)) == 0)
    #expect(answer(EachTarget(Self.steepest, targets: 2)) == 2)
  }

  @Test func `with a target of its own an image is attacked once, with that`() {
    let images = ExerciseSamples.pixels(0.5, 0.2, 0.5, 0.2)
    let goals = [Goal.reach(1, from: 0), .avoid(0)]
    let attack = EachTarget(Noted(Self.steepest))
    let ends = attack.perturb(images, goals: goals, against: Self.model)
    #expect(
      attack.base.calls == [
        [.reach(1, from: 0), .reach(1, from: 0)], [.reach(2, from: 0)],
      ])
    // Its target is out of reach: what the attack has tried comes back.
    #expect(
      ends.row(0)
        == Self.steepest.perturb(images, goals: goals, against: Self.model)
        .row(0))
  }

  @Test func `promises are kept, with the same bits for any number of workers`()
    throws
  {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(16)
    let attack = EachTarget(
      APGD(epsilon: .pixels(0.1), loss: .dlr, steps: 5), targets: 2)
    let runs = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        AttackRun(attack, on: batch, against: victim.model)
      }
    }
    #expect(runs[0].images == runs[1].images)
    #expect(runs[0].images == runs[2].images)
    #expect(attack.bound == .maximum(.pixels(0.1)))
  }

  @Test func `it leaves the images that AutoAttack leaves`() throws {
    let victim = try Victim.shared.get()
    let expected = try AttackFixture.load().apgdT
    let seeds = expected.stillRight.map(Set.init)
    let always = seeds.dropFirst().reduce(seeds[0]) { $0.intersection($1) }
    let ever = seeds.reduce(Set()) { $0.union($1) }
    // All that fall, and two that withstand 900 steps.
    let rows =
      (0..<40).filter { !ever.contains($0) } + always.sorted().prefix(2)
    let batch = Batch(
      images: victim.batch.images.rows(rows),
      labels: rows.map { victim.batch.labels[$0] })
    let run = AttackRun(
      EachTarget(APGD(epsilon: .pixels(expected.epsilon), loss: .dlr)),
      on: batch, against: victim.model)
    #expect(rows.count > 2)
    #expect(run.isMet == rows.map { !always.contains($0) })
  }

  @Test func `no targets are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = EachTarget(APGD(epsilon: .pixels(0.1)), targets: 0).perturb(
        ExerciseSamples.pixels(0.5, 0.5), labels: [0],
        against: ExerciseSamples.twoPixelClassifier([1, 1]))
    }
    expectMessage(of: result, contains: "at least one target, got 0")
  }
}
