import Testing

@testable import Shared

@Suite struct PGDSettingsTests {
  /// Both pixels are logits.
  private let identity: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [1, 0, 0, 1]),
      bias: Tensor([0, 0]))
  ]
  /// The lead of class 0 is 3x₁ − 4x₂ + 1.
  private let plane: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [3, -4, 0, 0]),
      bias: Tensor([1, 0]))
  ]

  private func expectNear(
    _ found: [Float], _ expected: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectClose(
      found.map(Double.init), expected.map(Double.init), relative: 1e-6,
      sourceLocation: sourceLocation)
  }

  @Test func `from the image itself it is Foolbox's BIM`() throws {
    let victim = try Victim.shared.get()
    let fixture = try AttackFixture.load()
    let batch = victim.batch.prefix(fixture.labels.count)
    let expected = fixture.pgd
    let run = AttackRun(
      PGD(
        epsilon: .pixels(expected.epsilon), stepSize: .pixels(0.02), steps: 10,
        seed: nil), on: batch, against: victim.model)
    let losses = softmaxCrossEntropy(
      logits: victim.model.logits(of: run.images), labels: batch.labels
    ).losses
    let noise = expected.float64
    let different = zip(run.answers, expected.predictions).count { $0 != $1 }
    #expect(different <= noise.differentPredictions + 1)
    for (loss, expected) in zip(losses, expected.losses) {
      #expect(abs(loss - expected) < 4 * noise.largestDifferenceOfLosses)
    }
  }

  @Test func `targets are reached in both norms`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(12)
    let goals = batch.labels.map { Goal.reach(($0 + 1) % 10, from: $0) }
    let attacks = [
      PGD(epsilon: .pixels(0.3), stepSize: .pixels(0.05), steps: 20, seed: 1),
      PGD(radius: 4, stepLength: 0.5, steps: 20, seed: 1),
    ]
    for attack in attacks {
      let images = attack.perturb(
        batch.images, goals: goals, against: victim.model)
      #expect(
        predictions(victim.model.logits(of: images)) == goals.map(\.target))
    }
  }

  @Test func `no image leaves its ball, by not even one bit`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    for radius: Float in [0.003, 0.5, 2, 6] {
      for seed: UInt64? in [nil, 4] {
        let attack = PGD(
          radius: radius, stepLength: 0.4 * radius, steps: 3, seed: seed)
        // It checks the promises.
        let run = AttackRun(attack, on: batch, against: victim.model)
        let lengths = run.distances[.euclidean] ?? []
        #expect(lengths.allSatisfy { $0 > 0.2 * Double(radius) })
      }
    }
  }

  @Test func `radius 0 changes nothing`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(5)
    let end = PGD(radius: 0, stepLength: 0.1, steps: 2, seed: 1).perturb(
      batch.images, labels: batch.labels, against: victim.model)
    #expect(end == batch.images)
  }

  @Test func `in the Euclidean norm it goes straight to the plane`() {
    // The weights are 5 long: three steps of 0.1 along (−0.6, 0.8), cut off
    // at 0.25.
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.5])
    func end(_ steps: Int) -> [Float] {
      PGD(radius: 0.25, stepLength: 0.1, steps: steps, seed: nil).perturb(
        image, labels: [0], against: plane
      ).scalars
    }
    expectNear(end(1), [0.44, 0.58])
    expectNear(end(2), [0.38, 0.66])
    expectNear(end(3), [0.35, 0.7])
  }

  @Test func `the same bits on any number of workers`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    var attack = PGD(radius: 1, stepLength: 0.3, steps: 3, seed: 5)
    attack.restarts = 2
    attack.momentum = 0.5
    attack.stopsAtSuccess = true
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) { [attack] in
        attack.perturb(
          batch.images, labels: batch.labels, against: victim.model)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `momentum adds gradients of equal weight`() {
    // First (3, 1), then twice (−1, 3) from another point: their magnitudes sum
    // to 4 and 8, so equal parts of both are (0.75 − 0.25, 0.25 + 0.75).
    let bend = AttackLoss("bend") { logits, _ in
      (0, logits[0] > 0.5 ? [-2, 6] : [3, 1])
    }
    func end(_ momentum: Float) -> [Float] {
      var attack = PGD(
        epsilon: .pixels(0.3), stepSize: .pixels(0.1), steps: 2, seed: nil)
      attack.loss = bend
      attack.momentum = momentum
      return attack.perturb(
        Tensor(shape: [1, 2], scalars: [0.45, 0.5]), labels: [0],
        against: identity
      ).scalars
    }
    expectNear(end(0), [0.45, 0.7])
    expectNear(end(1), [0.65, 0.7])
    // Of 0.25 · 0.75 − 0.25 nothing positive is left.
    expectNear(end(0.25), [0.45, 0.7])
  }

  @Test func `where the gradient is 0 momentum goes on`() {
    let once = AttackLoss("once") { logits, _ in
      (0, logits[0] > 0.5 ? [0, 0] : [1, 0])
    }
    var attack = PGD(
      epsilon: .pixels(0.3), stepSize: .pixels(0.1), steps: 3, seed: nil)
    attack.loss = once
    attack.momentum = 1
    let end = attack.perturb(
      Tensor(shape: [1, 2], scalars: [0.45, 0.5]), labels: [0],
      against: identity)
    expectNear(end.scalars, [0.75, 0.5])
  }

  @Test func `it can stop at the first success`() {
    // A lead of 0.125 is gone after the second of four steps.
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.375])
    var attack = PGD(
      epsilon: .pixels(0.25), stepSize: .pixels(0.0625), steps: 4, seed: nil)
    func end() -> [Float] {
      attack.perturb(image, labels: [0], against: identity).scalars
    }
    #expect(end() == [0.25, 0.625])
    attack.stopsAtSuccess = true
    #expect(end() == [0.375, 0.5])
  }

  @Test func `more starts fool more images, and ask only about the rest`()
    throws
  {
    let victim = try Victim.shared.get()
    func run(_ restarts: Int) -> AttackRun {
      var attack = PGD(
        epsilon: .pixels(0.1), stepSize: .pixels(0.05), steps: 3, seed: 2)
      attack.restarts = restarts
      return AttackRun(attack, on: victim.batch, against: victim.model)
    }
    let (one, three) = (run(1), run(3))
    #expect(!one.isMet.allSatisfy { !$0 })
    for image in one.goals.indices where one.isMet[image] {
      #expect(three.isMet[image])
      #expect(three.images.row(image) == one.images.row(image))
      // Three steps, and whether they met the goal.
      #expect(three.passes[image] == Passes(forward: 4, backward: 3))
    }
    for image in one.goals.indices where !three.isMet[image] {
      #expect(three.passes[image] == Passes(forward: 12, backward: 9))
    }
  }

  @Test func `each start is another one`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(8)
    // Without steps worth the name the loss of the best start is what counts.
    func loss(_ restarts: Int) -> [Double] {
      var attack = PGD(
        epsilon: .pixels(0.1), stepSize: .pixels(0), steps: 1, seed: 3)
      attack.restarts = restarts
      let images = attack.perturb(
        batch.images, labels: batch.labels, against: victim.model)
      return softmaxCrossEntropy(
        logits: victim.model.logits(of: images), labels: batch.labels
      ).losses
    }
    let (one, four) = (loss(1), loss(4))
    #expect(zip(one, four).allSatisfy { $0 <= $1 + 1e-6 })
    #expect(zip(one, four).count { $1 > $0 + 1e-6 } > 2)
  }

  @Test func `impossible settings are refused`() async {
    let steps = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = PGD(radius: 1, stepLength: 0.1, steps: 0) }
    expectMessage(of: steps, contains: "at least one step, got 0")
    let radius = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = PGD(radius: -1, stepLength: 0.1, steps: 1) }
    expectMessage(of: radius, contains: "no less than 0, got -1")
  }
}
