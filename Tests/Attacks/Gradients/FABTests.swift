import Testing

@testable import Lesson
@testable import Shared

@Suite struct FABTests {
  /// Class 1 scores x₁ + x₂ − 1.875 against 0.
  private let corner: Sequential = [
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
    #expect(changed.scalars[0] == 1)
    #expect(abs(changed.scalars[1] - 0.875) < 1e-4)
  }

  @Test func `one step by hand`() {
    var search = FABSearch(
      from: [0.2, 0.5], logits: [1, 0], goal: .avoid(0))
    search.current = [0.4, 0.5]
    // The plane is x₁ = 0.5: 0.1 from here and 0.3 from the image.
    func step(_ settings: FAB) -> [Float] {
      search.stepped(loss: -0.1, gradient: [1, 0], by: settings)
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

  @Test func `with a target the model answers it`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    let goals = batch.labels.map { Goal.reach(($0 + 3) % 10, from: $0) }
    var attack = FAB(steps: 20)
    attack.loss = .margin
    let images = attack.perturb(
      batch.images, goals: goals, against: victim.model)
    let answers = predictions(victim.model.logits(of: images))
    #expect(zip(answers, goals).allSatisfy { $1.isMet(by: $0) })
  }

  @Test func `three ways to count a target that another class hides`() {
    let image = Tensor(shape: [1, 1], scalars: [0.2])
    func end(_ change: (inout FAB) -> Void) -> Float {
      var attack = FAB(steps: 10)
      change(&attack)
      return attack.perturb(
        image, goals: [.reach(1, from: 0)], against: hiddenTarget
      ).scalars[0]
    }
    // At 0.6 class 1 overtakes class 0; class 2 has done so at 0.5, and is ahead
    // until 0.7.
    #expect(end { _ in } == 0.2)
    expectNear([end { $0.acceptsAnyError = true }], [0.5], within: 1e-3)
    expectNear([end { $0.loss = .margin }], [0.7], within: 1e-3)
  }

  @Test(arguments: [0.02, 0.1, 0.3] as [Float])
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
    // The boundary is 1 ⁄ 7 away; a single step ends at 1.5 ⁄ 7.
    let image = ExerciseSamples.pixels(0.6, 0.2)
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    func changed(_ epsilon: Float) -> Tensor {
      var attack = FAB(epsilon: .pixels(epsilon), steps: 1)
      attack.overshoot = 1.5
      return attack.perturb(image, labels: [0], against: model)
    }
    #expect(predictions(model.logits(of: changed(0.1429))) == [1])
    #expect(changed(0.1428) == image)
  }

  @Test func `more starts find nearer images, and chance has a seed`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    func run(_ restarts: Int, seed: UInt64) -> AttackRun {
      AttackRun(
        FAB(steps: 8, restarts: restarts, seed: seed), on: batch,
        against: victim.model)
    }
    let (one, three) = (run(1, seed: 1), run(3, seed: 1))
    #expect(one.images == run(1, seed: 2).images)
    #expect(three.images != run(3, seed: 2).images)
    let pairs = zip(
      try #require(one.distances[.maximum]),
      try #require(three.distances[.maximum]))
    #expect(pairs.allSatisfy { $1 < 1.01 * $0 })
    #expect(pairs.contains { $1 < 0.98 * $0 })
  }

  @Test func `the same bits for any number of workers`() throws {
    let victim = try Victim.shared.get()
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        FAB(steps: 2, restarts: 2).perturb(
          victim.batch.images, labels: victim.batch.labels,
          against: victim.model)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `a flat model is left alone`() {
    let flat: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 2]), bias: Tensor([1, 0])),
    ]
    let image = ExerciseSamples.pixels(0.6, 0.2)
    #expect(FAB(steps: 2).perturb(image, labels: [0], against: flat) == image)
  }

  @Test func `it leaves right what AutoAttack's leaves`() throws {
    let victim = try Victim.shared.get()
    let fixture = try AttackFixture.load().fabT
    let batch = victim.batch.prefix(40)
    var base = FAB(epsilon: .pixels(fixture.epsilon), steps: 20)
    base.acceptsAnyError = true
    let run = AttackRun(EachTarget(base), on: batch, against: victim.model)
    let right = batch.labels.indices.filter {
      run.answers[$0] == batch.labels[$0]
    }
    #expect(
      Set(right).symmetricDifference(fixture.stillRight[0]).count <= 1)
  }

  @Test func `settings that mean nothing are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = FAB(steps: 0) }
    expectMessage(of: result, contains: "at least one step, got 0")
  }

  private func expectNear(
    _ values: [Float], _ expected: [Float], within tolerance: Float = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      values.count == expected.count
        && zip(values, expected).allSatisfy { abs($0 - $1) < tolerance },
      "\(values)", sourceLocation: sourceLocation)
  }
}
