import Testing

@testable import Lesson
@testable import Shared

@Suite struct FABTests {
  /// Class 1 scores x₁ + x₂ − 1.875 against 0.
  let corner: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [0, 0, 1, 1]),
      bias: Tensor([0, -1.875])),
  ]

  @Test func `to a flat boundary it is the lead by the slopes' sum`() {
    // The lead 3x₁ − 4x₂ is 1, and ‖w‖₁ is 7.
    let image = ExerciseSamples.pixels(0.6, 0.2)
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    let (changed, passes) = FAB(steps: 5).run(
      on: image, goals: [.avoid(0)], against: model)
    #expect(predictions(model.logits(of: changed)) == [1])
    expectClose(
      changed.scalars.map(Double.init), [0.6 - 1.0 / 7, 0.2 + 1.0 / 7],
      relative: 1e-4)
    // The image, five steps of two questions each, and three on the way back.
    #expect(passes == [Passes(forward: 14, backward: 5)])
  }

  @Test func `where a pixel cannot go further the other must`() {
    let image = ExerciseSamples.pixels(0.875, 0.5)
    let changed = FAB(steps: 5).perturb(image, labels: [0], against: corner)
    #expect(predictions(corner.logits(of: changed)) == [1])
    // Without the limit each would go 0.25.
    expectNear(changed.scalars, [1, 0.875], within: 2e-3)
  }

  @Test func `one step by hand`() {
    var search = FABSearch(
      from: [0.2, 0.5], logits: [1, 0], goal: .avoid(0))
    search.current = [0.4, 0.5]
    // The plane is x₁ = 0.5: 0.1 from here and 0.3 from the image.
    func step(_ settings: FAB) -> [Float] {
      search.stepped(margin: -0.1, gradient: [1, 0], by: settings)
    }
    var settings = FAB()
    expectNear(step(settings), [0.9 * 0.505 + 0.1 * 0.515, 0.5])
    settings.largestBias = 1
    expectNear(step(settings), [0.75 * 0.505 + 0.25 * 0.515, 0.5])
    settings.overshoot = 10
    expectNear(step(settings), [1, 0.5])
  }

  @Test func `beyond the boundary it steps back and keeps the nearest`() {
    var search = FABSearch(
      from: [0.25, 0.5], logits: [1, 0], goal: .avoid(0))
    #expect(search.nearest == nil)
    search.arrive(at: [0.5, 0.5], logits: [1, 0.5], backwardStep: 0.5)
    #expect(search.current == [0.5, 0.5])
    #expect(search.crossing == nil)
    for pixel: Float in [0.75, 0.875] {
      search.arrive(at: [pixel, 0.5], logits: [0, 1], backwardStep: 0.5)
      #expect(search.nearest?.point == [0.75, 0.5])
    }
    expectNear(search.current, [0.5625, 0.5])
    #expect(search.nearest?.distance == 0.5)
    #expect(search.isDone(within: 0.5))
    #expect(!search.isDone(within: 0.4999))
    // From −1 to 1 it crosses 0 in the middle; then a twentieth of the rest.
    expectNear(search.crossing ?? [], [0.25 + 0.525 * 0.5, 0.5])
    search.tryShorter([0.5, 0.5], logits: [0.5, 0])
    // From −0.5 to 1 now, half as far.
    expectNear(
      search.crossing ?? [], [0.5 + (1 + 0.1) / 3 * 0.25, 0.5])
  }

  @Test func `a target that another class hides is reached`() {
    // Class 1 overtakes class 0 at 0.6, but until 0.7 class 2 is ahead.
    let changed = FAB(steps: 10).perturb(
      Tensor(shape: [1, 1], scalars: [0.2]), goals: [.reach(1, from: 0)],
      against: hiddenTarget)
    #expect(predictions(hiddenTarget.logits(of: changed)) == [1])
    expectNear(changed.scalars, [0.7], within: 1e-3)
  }

  @Test func `with a target the model answers it, or nothing moves`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    let goals = batch.labels.map { Goal.reach(($0 + 1) % 10, from: $0) }
    let images = FAB(steps: 20).perturb(
      batch.images, goals: goals, against: victim.model)
    let answers = predictions(victim.model.logits(of: images))
    let isMet = zip(goals, answers).map { $0.isMet(by: $1) }
    #expect(isMet.count { $0 } >= 10)
    for row in isMet.indices where !isMet[row] {
      #expect(images.row(row) == batch.images.row(row))
    }
  }

  @Test(arguments: [0.1, 0.15, 0.3] as [Float])
  func `within ε to the last bit, or untouched`(epsilon: Float) throws {
    let victim = try Victim.shared.get()
    let attack = FAB(epsilon: .pixels(epsilon), steps: 10)
    #expect(attack.bound == .maximum(.pixels(epsilon)))
    let run = AttackRun(attack, on: victim.batch, against: victim.model)
    #expect(
      Epsilon.pixels(epsilon).isAllowed(run.images, from: victim.batch.images))
    #expect(run.success.successes > 0)
    for (row, isMet) in run.isMet.enumerated() where !isMet {
      #expect(run.images.row(row) == victim.batch.images.row(row))
    }
  }

  @Test func `without ε nearly all are found, all of them images`() throws {
    let victim = try Victim.shared.get()
    let run = AttackRun(
      FAB(steps: 10), on: victim.batch, against: victim.model)
    #expect(run.success.successes == 60)
    #expect(run.images.scalars.allSatisfy { (0...1).contains($0) })
  }

  @Test func `what is near enough is not searched any longer`() {
    let image = ExerciseSamples.pixels(0.6, 0.2)
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    func passes(_ attack: FAB, label: Int) -> Passes? {
      attack.run(on: image, goals: [.avoid(label)], against: model)
        .passes.first
    }
    // 1.05 ⁄ 7 away after one step.
    #expect(
      passes(FAB(epsilon: .pixels(0.2)), label: 0)
        == Passes(forward: 3, backward: 1))
    #expect(passes(FAB(), label: 1) == Passes(forward: 1, backward: 0))
  }

  @Test func `epsilon 0 changes nothing`() throws {
    let victim = try Victim.shared.get()
    let attack = FAB(epsilon: .pixels(0), steps: 2, restarts: 2)
    #expect(
      attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
        == victim.batch.images)
  }

  @Test func `an overshoot that ends beyond ε is cut`() {
    // The boundary is 1 ⁄ 7 = 0.142857… away; a single step ends at 1.5 ⁄ 7, and
    // three on the way back end at 0.142866.
    let image = ExerciseSamples.pixels(0.6, 0.2)
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    func changed(_ epsilon: Float) -> Tensor {
      var attack = FAB(epsilon: .pixels(epsilon), steps: 1)
      attack.overshoot = 1.5
      return attack.perturb(image, labels: [0], against: model)
    }
    #expect(predictions(model.logits(of: changed(0.14286))) == [1])
    #expect(changed(0.14285) == image)
  }

  @Test func `a start elsewhere finds what is hidden behind a plain`() {
    // Class 1 scores 4 · relu(x − 0.5) − 0.6: flat at the image, 0 at 0.65.
    let model: Sequential = [
      "before": Linear(
        weight: Tensor(shape: [1, 1], scalars: [1]), bias: Tensor([-0.5])),
      "relu": ReLU(),
      "scores": Linear(
        weight: Tensor(shape: [2, 1], scalars: [0, 4]),
        bias: Tensor([0, -0.6])),
    ]
    func end(restarts: Int, seed: UInt64) -> Float {
      FAB(steps: 10, restarts: restarts, seed: seed).perturb(
        Tensor(shape: [1, 1], scalars: [0.45]), labels: [0], against: model
      ).scalars[0]
    }
    #expect(end(restarts: 1, seed: 0) == 0.45)
    expectNear([end(restarts: 9, seed: 0)], [0.65], within: 1e-2)
    // The second start is at 0.3 or at 0.6: chance decides, and the seed chance.
    let ends = (0..<20).map { end(restarts: 2, seed: $0) }
    #expect(ends.contains(0.45))
    #expect(ends.contains { $0 > 0.64 })
    #expect(ends == (0..<20).map { end(restarts: 2, seed: $0) })
  }
}
