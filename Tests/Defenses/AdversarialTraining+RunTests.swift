import Synchronization
import Testing

@testable import Shared

private final class Ear: WorkObserver {
  let passes = Mutex(0)

  func add(_ report: WorkReport) {
    passes.withLock { $0 += report.passes }
  }
}

@Suite struct AdversarialTrainingRunTests {
  /// Images of 8 × 8 random pixels, of ten classes.
  private func images(_ count: Int, seed: UInt64) -> ImageSet {
    var generator = SeededGenerator(seed: seed)
    return ImageSet(
      pixels: (0..<count * 64).map { _ in UInt8(generator.next() >> 56) },
      labels: (0..<count).map { UInt8($0 % 10) }, size: (8, 8))
  }

  private func weights(_ model: Sequential) -> [Tensor] {
    model.parameters.map(\.value)
  }

  private func losses(_ outcome: AdversarialTraining.Outcome) -> [Double] {
    outcome.epochs.flatMap(\.batches).map(\.loss)
  }

  @Test func `one step is this loop, to the bit`() throws {
    let training = images(100, seed: 1)
    let untrained = Sample.smallNetwork(seed: 2)
    let seed: UInt64 = 3
    var model = untrained.withoutDropout
    var optimizer = Adam()
    var expected: [Double] = []
    // Three epochs of two batches, of 64 images and of 36.
    for step in 0..<6 {
      let progress = Float(step) / 6
      let epsilon: Float = 0.3 * min(1, progress / (1 / 3))
      let batch = Array(
        training.batches(of: 64, seed: seed, epoch: step / 2 + 1))[step % 2]
      let stepSeed = derivedSeed(seed, .step, step)
      let start = uniformNoise(
        around: batch.images, .pixels(epsilon), seed: stepSeed)
      let slope = model.inputGradient(of: start, labels: batch.labels)
      let moved = start.combined(with: slope) { pixel, slope in
        pixel + 1.25 * epsilon * sign(slope)
      }
      let attacked = Batch(
        images: projected(moved, around: batch.images, .pixels(epsilon)),
        labels: batch.labels)
      let gradients = model.parameterGradients(
        on: attacked, mode: .training(seed: stepSeed))
      optimizer.learningRate = 0.003 * min(progress / 0.4, (1 - progress) / 0.6)
      optimizer.update(&model, with: gradients)
      expected.append(gradients.loss)
    }
    let outcome = try AdversarialTraining.oneStep.run(
      on: training, from: untrained, seed: seed)
    #expect(losses(outcome) == expected)
    #expect(weights(outcome.model) == weights(model))
    #expect(weights(outcome.model) != weights(untrained))
    #expect(outcome.epochs.map(\.epoch) == [1, 2, 3])
    #expect(outcome.keptEpoch == 3)
  }

  @Test func `the same bits on one and on three workers`() throws {
    let training = images(40, seed: 4)
    let untrained = Sample.smallNetwork(seed: 5)
    func run(workers: Int, seed: UInt64) throws -> AdversarialTraining.Outcome {
      try Workers.$count.withValue(workers) {
        try AdversarialTraining.fourSteps.run(
          on: training, from: untrained, validation: images(20, seed: 6),
          seed: seed)
      }
    }
    let one = try run(workers: 1, seed: 7)
    let three = try run(workers: 3, seed: 7)
    let other = try run(workers: 3, seed: 8)
    #expect(weights(one.model) == weights(three.model))
    #expect(losses(one) == losses(three))
    #expect(one.epochs.map(\.validation) == three.epochs.map(\.validation))
    #expect(one.keptEpoch == three.keptEpoch)
    #expect(losses(one) != losses(other))
  }

  @Test func `the first steps are those of the whole training`() throws {
    let training = images(100, seed: 9)
    let untrained = Sample.smallNetwork(seed: 10)
    func run(_ firstSteps: Int?) throws -> AdversarialTraining.Outcome {
      try AdversarialTraining.oneStep.run(
        on: training, from: untrained, seed: 11, firstSteps: firstSteps)
    }
    let (whole, few, more) = (try run(nil), try run(3), try run(100))
    #expect(losses(whole).count == 6)
    #expect(losses(few) == Array(losses(whole).prefix(3)))
    #expect(few.epochs.map(\.batches.count) == [2, 1])
    #expect(losses(more) == losses(whole))
  }

  /// An image that the model below calls 0.
  private func oneImage(label: UInt8) -> ImageSet {
    ImageSet(pixels: [204, 51], labels: [label], size: (1, 2))
  }

  private let twoClasses: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(weight: Tensor(shape: [2, 2]), bias: Tensor([2, 0])),
  ]

  /// At the start class 0 leads by 2.
  ///
  /// Adam moves a weight whose slope keeps its
  /// sign by about the learning rate, so each epoch takes about
  /// 2 · 0.2 · (0.8 + 0.2 + 1) = 0.8 from the lead if all labels say 1: it is
  /// 1.2, 0.4 and −0.4. An attack with ε = 0.1 changes it by 0.16 at most after
  /// two epochs.
  private var wrongLabels: AdversarialTraining {
    var recipe = AdversarialTraining.oneStepWithoutRandomStart
    recipe.epsilon = .pixels(0.1)
    recipe.growthShare = 0
    recipe.highestRate = 0.2
    return recipe
  }

  @Test func `the last of the best epochs is kept`() throws {
    var told: [Int] = []
    let outcome = try wrongLabels.run(
      on: oneImage(label: 1), from: twoClasses,
      validation: oneImage(label: 0), seed: 1
    ) { told.append($0.epoch) }
    let results = outcome.epochs.compactMap(\.validation)
    #expect(results.map(\.clean.successes) == [1, 1, 0])
    #expect(results.map(\.fgsm.successes) == [1, 1, 0])
    #expect(results.map(\.pgd.successes) == [1, 1, 0])
    #expect(told == [1, 2, 3])
    #expect(outcome.keptEpoch == 2)
    // Nothing in this recipe depends on how many epochs there will be.
    func last(of epochs: Int) throws -> [Tensor] {
      var recipe = wrongLabels
      recipe.epochs = epochs
      return weights(
        try recipe.run(on: oneImage(label: 1), from: twoClasses, seed: 1).model)
    }
    #expect(try last(of: 2) == weights(outcome.model))
    #expect(try last(of: 3) != weights(outcome.model))
  }

  @Test func `without validation the last epoch is kept`() throws {
    let outcome = try wrongLabels.run(
      on: oneImage(label: 1), from: twoClasses, seed: 1)
    #expect(outcome.keptEpoch == 3)
    #expect(outcome.epochs.allSatisfy { $0.validation == nil })
  }

  @Test func `a training that runs away stops with a sentence`() {
    var recipe = wrongLabels
    recipe.highestRate = .infinity
    expectSentence("The loss is not a finite number at batch 1 of epoch 2") {
      _ = try recipe.run(on: oneImage(label: 1), from: twoClasses, seed: 1)
    }
  }

  @Test func `as many passes are reported as were announced`() throws {
    var recipe = AdversarialTraining.fourSteps
    recipe.epochs = 2
    let ear = Ear()
    try WorkReport.$observer.withValue(ear) {
      _ = try recipe.run(
        on: images(20, seed: 12), from: Sample.smallNetwork(seed: 13),
        validation: images(6, seed: 14), seed: 15)
    }
    let passes = ear.passes.withLock { $0 }
    #expect(passes == recipe.passes(images: 20, validation: 6))
    #expect(
      recipe.passes(images: 1, validation: 9000)
        == recipe.passes(images: 1, validation: 500))
  }
}
