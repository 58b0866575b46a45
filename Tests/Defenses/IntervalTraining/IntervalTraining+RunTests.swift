import Testing

@testable import Shared

@Suite struct IntervalTrainingRunTests {
  /// Images of 4 × 4 pixels, bright on the left (class 0) or on the right, no
  /// pixel more than 0.22 from white or black.
  private static func halves(_ count: Int, seed: UInt64) -> ImageSet {
    var generator = SeededGenerator(seed: seed)
    let labels = (0..<count).map { UInt8($0 % 2) }
    let pixels = labels.flatMap { label -> [UInt8] in
      (0..<16).map { place -> UInt8 in
        let noise = UInt8.random(in: 0...55, using: &generator)
        return (place % 4 < 2) == (label == 0) ? 255 - noise : noise
      }
    }
    return ImageSet(pixels: pixels, labels: labels, size: (4, 4))
  }

  private static func network(seed: UInt64) -> Sequential {
    var generator = SeededGenerator(seed: seed)
    return [
      "normalize": Normalize(mean: 0.5, standardDeviation: 0.5),
      "flatten": Flatten(),
      "fc1": Linear(16, 8, using: &generator),
      "relu": ReLU(),
      "fc2": Linear(8, 2, using: &generator),
    ]
  }

  private static var recipe: IntervalTraining {
    var recipe = IntervalTraining.large
    recipe.epochs = 20
    recipe.batchSize = 16
    recipe.highestRate = 0.02
    recipe.epsilon = .pixels(0.22)
    recipe.certifiedEpsilon = .pixels(0.2)
    return recipe
  }

  @Test func `training raises the certified accuracy`() throws {
    let (training, held) = (
      Self.halves(128, seed: 1), Self.halves(100, seed: 2)
    )
    let untrained = Self.network(seed: 3)
    let before = try untrained.certifiedAccuracy(
      on: held, epsilon: .pixels(0.2))
    var heard: [IntervalEpoch] = []
    let outcome = try Self.recipe.run(
      on: training, from: untrained, validation: held, seed: 4
    ) { heard.append($0) }
    #expect(before.value < 0.6)
    let last = try #require(outcome.epochs.last?.validation)
    #expect(last.certified.value > 0.9)
    #expect(last.clean.successes >= last.certified.successes)
    #expect(outcome.epochs.map(\.epoch) == Array(1...20))
    #expect(heard == outcome.epochs)
    #expect(outcome.epochs.last?.epsilon == 0.22)
    #expect(outcome.epochs.last?.kappa == 0)
    // Nothing that an attack does within 0.2 changes an answer that is
    // certified.
    let batch = held.first(100)
    let attack = PGD(
      epsilon: .pixels(0.2), stepSize: .pixels(0.05), steps: 10, seed: 5)
    let attacked = attack.perturb(
      batch.images, labels: batch.labels, against: outcome.model)
    let stillRight = outcome.model.evaluate(on: attacked, labels: batch.labels)
      .accuracy
    #expect(stillRight.successes >= last.certified.successes)
  }

  @Test func `the first steps are those of the whole`() throws {
    let training = Self.halves(40, seed: 1)
    var recipe = Self.recipe
    recipe.epochs = 2
    func losses(_ firstSteps: Int?) throws -> [Double] {
      try recipe.run(
        on: training, from: Self.network(seed: 3), seed: 4,
        firstSteps: firstSteps
      ).epochs.flatMap(\.batches).map(\.loss)
    }
    let whole = try losses(nil)
    // Two epochs of 16 + 16 + 8 images.
    #expect(whole.count == 6)
    #expect(try losses(2) == Array(whole.prefix(2)))
    #expect(try losses(4) == Array(whole.prefix(4)))
    #expect(try losses(99) == whole)
  }

  @Test func `a run reports the passes that it promises`() throws {
    let heard = HeardReports()
    var recipe = Self.recipe
    recipe.epochs = 2
    _ = try WorkReport.$observer.withValue(heard) {
      try recipe.run(
        on: Self.halves(40, seed: 1), from: Self.network(seed: 3),
        validation: Self.halves(20, seed: 2), seed: 4)
    }
    let passes = heard.reports.reduce(0) { $0 + $1.passes }
    #expect(passes == recipe.passes(images: 40, validation: 20))
  }

  @Test func `weights that run away stop the training`() {
    var wild = Self.network(seed: 3)
    for index in wild.layers.indices {
      guard var linear = wild.layers[index].layer as? Linear else { continue }
      linear.weight = linear.weight * 1e30
      wild.layers[index].layer = linear
    }
    expectSentence("not a finite number at batch 1 of epoch 1") {
      _ = try Self.recipe.run(on: Self.halves(16, seed: 1), from: wild, seed: 4)
    }
  }

  @Test func `a network whose bounds are unknown is refused`() {
    var unknown = Self.network(seed: 3)
    unknown.layers.removeLast()
    expectSentence("whose last layer is linear") {
      _ = try Self.recipe.run(
        on: Self.halves(16, seed: 1), from: unknown, seed: 4)
    }
  }
}
