import Testing

@testable import Shared

/// Few and long steps: enough to succeed, not to come as near as possible.
private func quick() -> CarliniWagner {
  var attack = CarliniWagner()
  attack.searches = 2
  attack.firstConstant = 20
  attack.steps = 80
  attack.stepSize = 0.1
  return attack
}

/// Two pixels, of which class 0 wants the first: the lead is 3x₁ − 4x₂ + 1.
private let plane: Sequential = [
  "scores": Linear(
    weight: Tensor(shape: [2, 2], scalars: [3, -4, 0, 0]),
    bias: Tensor([1, 0]))
]

/// Each of three pixels is the logit of a class.
private let identity: Sequential = [
  "scores": Linear(
    weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
    bias: Tensor([0, 0, 0]))
]

@Suite struct CarliniWagnerTests {
  @Test func `real digits are fooled within the range`() throws {
    let victim = try Victim.shared.get()
    let run = AttackRun(
      quick(), on: victim.batch.prefix(12), against: victim.model)
    #expect(run.success == Proportion(12, of: 12))
    let length = try #require(run.medianDistance(.euclidean))
    #expect(length < 3)
  }

  @Test func `targets are reached`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(8)
    let goals = batch.labels.map { Goal.reach(($0 + 3) % 10, from: $0) }
    let images = quick().perturb(
      batch.images, goals: goals, against: victim.model)
    let answers = predictions(victim.model.logits(of: images))
    #expect(answers == goals.map(\.target))
  }

  @Test func `results do not depend on the number of workers`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(5)
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        quick().perturb(
          batch.images, labels: batch.labels, against: victim.model)
      }
    }
    #expect(results[0] != batch.images)
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `distances are those of Foolbox`() throws {
    let victim = try Victim.shared.get()
    var attack = CarliniWagner()
    attack.searches = 4
    attack.firstConstant = 0.5
    attack.steps = 120
    attack.stepSize = 0.1
    let run = AttackRun(
      attack, on: victim.batch.prefix(5), against: victim.model)
    let expected = try AttackFixture.load().carliniWagner.distances.prefix(5)
    let found = try #require(run.distances[.euclidean])
    for (found, expected) in zip(found, expected) {
      // It had nine searches of a thousand short steps.
      #expect(found < 1.06 * expected)
      #expect(found > 0.97 * expected)
    }
  }

  @Test func `a plane is reached where it is nearest`() {
    // The lead of 3 · 0.5 − 4 · 0.4 + 1 is 0.9, the weights are 5 long.
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.4])
    let changed = CarliniWagner().perturb(image, labels: [0], against: plane)
    #expect(predictions(plane.logits(of: changed)) == [1])
    let length = distance(changed.scalars, image.scalars)
    #expect(length > 0.9999 * 0.18)
    #expect(length < 1.01 * 0.18)
  }

  @Test func `confidence moves the plane`() {
    // The goal is now a lead of −1: 1.9 / 5 away.
    var attack = CarliniWagner()
    attack.confidence = 1
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.4])
    let changed = attack.perturb(image, labels: [0], against: plane)
    let logits = plane.logits(of: changed).scalars
    #expect(logits[1] - logits[0] >= 1)
    let length = distance(changed.scalars, image.scalars)
    #expect(length > 0.9999 * 0.38)
    #expect(length < 1.01 * 0.38)
  }

  @Test func `a target is reached past a nearer class`() {
    // Class 1 is 0.1/√2 away. For class 2 the third pixel has to meet the two
    // others: at (0.6 − t, 0.5, 0.2 + t) for t = 0.2 is 0.4 for the first, but
    // the second is 0.5, so all three meet at their mean, 1.3/3.
    let image = Tensor(shape: [1, 3], scalars: [0.6, 0.5, 0.2])
    let changed = CarliniWagner().perturb(
      image, goals: [.reach(2, from: 0)], against: identity)
    #expect(predictions(identity.logits(of: changed)) == [2])
    let mean: Float = 1.3 / 3
    let least = distance(image.scalars, [mean, mean, mean])
    let length = distance(changed.scalars, image.scalars)
    #expect(length > 0.9999 * least)
    #expect(length < 1.02 * least)
  }

  @Test func `an image that is wrong already is left alone`() {
    let image = Tensor(shape: [2, 2], scalars: [0.1, 0.9, 0.5, 0.4])
    let run = CarliniWagner().run(
      on: image, goals: [.avoid(0), .avoid(0)], against: plane)
    #expect(run.images.row(0) == image.row(0))
    #expect(run.images.row(1) != image.row(1))
    #expect(run.passes[0] == Passes(forward: 1))
    #expect(run.passes[1].backward > 100)
    #expect(run.passes[1].forward == run.passes[1].backward + 1)
  }

  @Test func `what lies beyond the radius does not count`() {
    let batch = Batch(
      images: Tensor(shape: [2, 2], scalars: [0.5, 0.4, 0.5, 0.5]),
      labels: [0, 0])
    // They need 0.18 and 0.1.
    let run = AttackRun(CarliniWagner(radius: 0.15), on: batch, against: plane)
    #expect(run.isMet == [false, true])
    #expect(run.distances[.euclidean]?[0] == 0)
    #expect(CarliniWagner(radius: 0.15).bound == .euclidean(0.15))
    #expect(CarliniWagner().bound == .none)
  }

  @Test func `where nothing can be found images come back as they were`() {
    // The lead is at least 1, whatever the pixels are.
    let safe: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [2, 2], scalars: [1, 1, 0, 0]),
        bias: Tensor([1, 0]))
    ]
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.4])
    let changed = CarliniWagner().perturb(image, labels: [0], against: safe)
    #expect(changed == image)
  }

  @Test func `a white pixel can be moved`() {
    // It starts at w = 7.25, where x hardly feels w. The lead is 0.8.
    let image = Tensor(shape: [1, 2], scalars: [1, 0.8])
    let changed = CarliniWagner().perturb(image, labels: [0], against: plane)
    #expect(predictions(plane.logits(of: changed)) == [1])
    #expect(changed.scalars[0] < 1)
    let length = distance(changed.scalars, image.scalars)
    #expect(length > 0.9999 * 0.16)
    #expect(length < 1.01 * 0.16)
  }

  @Test func `a search that stalls is left early`() {
    // c is so small that staying is nearly as good as anything: the second
    // look, at step 100, is the last.
    var attack = CarliniWagner()
    attack.searches = 1
    attack.firstConstant = 1e-9
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.4])
    let run = attack.run(on: image, goals: [.avoid(0)], against: plane)
    #expect(run.passes[0].backward == 101)
  }

  @Test func `impossible settings are refused`() async {
    let searches = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { apply { $0.searches = 0 } }
    let steps = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { apply { $0.steps = 0 } }
    let constant = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { apply { $0.firstConstant = 0 } }
    let confidence = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { apply { $0.confidence = -1 } }
    for result in [searches, steps, constant, confidence] {
      expectMessage(of: result, contains: "at least one search and one step")
    }
  }
}

private func apply(_ change: (inout CarliniWagner) -> Void) {
  var attack = CarliniWagner()
  change(&attack)
  _ = attack.perturb(
    Tensor(shape: [1, 3], scalars: [0.6, 0.5, 0.2]), labels: [0],
    against: identity)
}
