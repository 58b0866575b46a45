import Testing

@testable import Lesson
@testable import Shared

@Suite struct UniversalPerturbationTests {
  /// Made for the small convolution network, from training images.
  private func made(
    _ epsilon: Float, target: Int? = nil, steps: Int = 10, seed: UInt64 = 0
  ) throws -> UniversalPerturbation {
    let attacker = try Attacker.shared.get()
    return .made(
      against: attacker.networks.convolution, from: attacker.training,
      epsilon: .pixels(epsilon), target: target, steps: steps, seed: seed)
  }

  @Test(arguments: [1, 5, 40])
  func `on a linear model it is ε times the sign of a weight difference`(
    steps: Int
  ) {
    let images = Sample.uniform([30, 2, 2, 1], seed: 1).map { abs($0) }
    for (label, direction) in [(0, Float(-1)), (1, 1)] {
      // The lead of class 0 over class 1 is 2x₁ + x₂ − 5x₃, and 8 more for the
      // right class: no image is lost on the way.
      var bias = Tensor([0, 0])
      bias[label] = 8
      let model: Sequential = [
        "flatten": Flatten(),
        "scores": Linear(
          weight: Tensor(shape: [2, 4], scalars: [1, 3, -2, 0, -1, 2, 3, 0]),
          bias: bias),
      ]
      let attack = UniversalPerturbation.made(
        against: model,
        from: Batch(images: images, labels: Array(repeating: label, count: 30)),
        epsilon: .pixels(0.25), steps: steps)
      #expect(attack.perturbation.shape == [2, 2, 1])
      #expect(
        attack.perturbation.scalars
          == [1, 1, -1, 0].map { 0.25 * direction * $0 })
    }
  }

  @Test func `with a target it goes where the target's score rises most`() {
    // Three classes; the last pixel tells all others from the target.
    let model: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [3, 2], scalars: [2, 1, 3, 2, 1, 4]),
        bias: Tensor([0, 0, 0])),
    ]
    let attack = UniversalPerturbation.made(
      against: model,
      from: Batch(
        images: ExerciseSamples.pixels(0.5, 0.5, 0.5, 0.2, 0.5, 0.3),
        labels: [0, 1, 2]), epsilon: .pixels(0.5), target: 2)
    #expect(attack.perturbation.scalars == [-0.5, 0.5])
  }

  @Test func `an image that is lost does not decide`() {
    // The lead of class 0 over class 1 is 20 (x₁ − x₂). It is 4 for the first
    // image, rightly, and 8 for the second, wrongly, which has fifty times the
    // slope.
    let model = ExerciseSamples.twoPixelClassifier([20, -20])
    let batch = Batch(
      images: ExerciseSamples.pixels(0.6, 0.4, 0.7, 0.3), labels: [0, 1])
    let attack = UniversalPerturbation.made(
      against: model, from: batch, epsilon: .pixels(0.0625))
    #expect(attack.perturbation.scalars == [-0.0625, 0.0625])
  }

  @Test func `the loss goes up to that of a guess`() {
    let loss = AttackLoss.crossEntropyUpToGuess
    let (open, lost): ([Float], [Float]) = ([1, 0, 0.5], [0, 1, 0.5])
    let goal = Goal.avoid(0)
    expectCrossEntropy(open, goal)
    #expect(loss(lost, goal).gradient == [0, 0, 0])
    #expect(abs(loss(lost, goal).value - 1.0986) < 1e-4)
    // A target far away pulls the most.
    let away = Goal.reach(2, from: 0)
    expectCrossEntropy([9, 0, 0], away)
    #expect(loss([9, 0, 0], away).gradient[2] > 0.9)
  }

  private func expectCrossEntropy(_ logits: [Float], _ goal: Goal) {
    let one = AttackLoss.crossEntropyUpToGuess(logits, goal)
    let other = AttackLoss.crossEntropy(logits, goal)
    #expect(one.value == other.value && one.gradient == other.gradient)
  }

  @Test func `it is one and the same for all images`() {
    let attack = UniversalPerturbation(
      Tensor(shape: [1, 2, 1], scalars: [0.25, -0.125]), epsilon: .pixels(0.25))
    let images = ExerciseSamples.pixels(0.5, 0.5, 0.25, 0.75, 0.875, 0.0625)
    let model = ExerciseSamples.twoPixelClassifier([1, -1])
    #expect(
      attack.perturb(images, labels: [0, 1, 0], against: model)
        == ExerciseSamples.pixels(0.75, 0.375, 0.5, 0.625, 1, 0))
    let run = attack.run(
      on: images, goals: [0, 1, 0].map(Goal.avoid), against: model)
    #expect(run.passes == Array(repeating: Passes(), count: 3))
  }

  @Test func `what exceeds ε is cut off`() {
    let attack = UniversalPerturbation(
      Tensor(shape: [1, 2, 1], scalars: [0.5, -0.5]), epsilon: .pixels(0.125))
    let moved = attack.perturb(
      ExerciseSamples.pixels(0.5, 0.5), labels: [0],
      against: ExerciseSamples.twoPixelClassifier([1, -1]))
    #expect(moved.scalars == [0.625, 0.375])
  }

  @Test(arguments: [0, 0.003, 0.1, 0.3, 1] as [Float])
  func `no pixel leaves its box, by not even one bit`(epsilon: Float) throws {
    let victim = try Victim.shared.get()
    let attack = try made(epsilon, steps: 3)
    let result = attack.perturb(
      victim.batch.images, labels: victim.batch.labels, against: victim.model)
    #expect(attack.bound == .maximum(.pixels(epsilon)))
    #expect(
      Epsilon.pixels(epsilon).isAllowed(result, from: victim.batch.images))
    #expect((result == victim.batch.images) == (epsilon == 0))
  }

  @Test func `it fools a model on images from which it was not made`() throws {
    let attacker = try Attacker.shared.get()
    let network = attacker.networks.convolution
    func right(_ attack: any Attack) -> Int {
      AttackRun(attack, on: attacker.test, against: network).accuracy.successes
    }
    let chance = right(RandomSigns(epsilon: .pixels(0.3)))
    #expect(try right(made(0.3, steps: 30)) < chance / 2)
  }

  @Test func `with a target it leads there`() throws {
    let attacker = try Attacker.shared.get()
    let answers = AttackRun(
      try made(0.3, target: 8, steps: 30), on: attacker.test,
      against: attacker.networks.convolution
    ).answers
    #expect(answers.count { $0 == 8 } > 100)
  }

  @Test func `same seed same bits, for any number of workers`() throws {
    let results = try [1, 2, 3].map { workers in
      try Workers.$count.withValue(workers) { try made(0.2, seed: 3) }
    }
    #expect(results[0].perturbation == results[1].perturbation)
    #expect(results[0].perturbation == results[2].perturbation)
    #expect(try made(0.2, seed: 4).perturbation != results[0].perturbation)
  }

  @Test func `images of another size are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = UniversalPerturbation(
        Tensor(shape: [2, 1, 1]), epsilon: .pixels(0.1)
      ).perturb(
        ExerciseSamples.pixels(0, 1), labels: [0],
        against: ExerciseSamples.twoPixelClassifier([1, 1]))
    }
    expectMessage(
      of: result, contains: "[2, 1, 1] does not fit", "[1, 1, 2, 1]")
  }

  @Test func `from images of the target alone nothing can be learned`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = UniversalPerturbation.made(
        against: ExerciseSamples.twoPixelClassifier([1, 1]),
        from: Batch(images: ExerciseSamples.pixels(0, 1), labels: [1]),
        epsilon: .pixels(0.1), target: 1)
    }
    expectMessage(of: result, contains: "not of its target")
  }

  @Test func `no steps are no ascent`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = UniversalPerturbation.made(
        against: ExerciseSamples.twoPixelClassifier([1, 1]),
        from: Batch(images: ExerciseSamples.pixels(0, 1), labels: [1]),
        epsilon: .pixels(0.1), steps: 0)
    }
    expectMessage(of: result, contains: "at least one step, got 0")
  }
}
