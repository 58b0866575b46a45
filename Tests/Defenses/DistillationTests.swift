import Foundation
import Synchronization
import Testing

@testable import Shared

private final class Ear: WorkObserver {
  let passes = Mutex(0)

  func add(_ report: WorkReport) {
    passes.withLock { $0 += report.passes }
  }
}

@Suite struct DistillationTests {
  private let recipe = Distillation(
    temperature: 20, epochs: 2, batchSize: 16, learningRate: 0.01)
  /// Three steps an epoch.
  private let training = Self.images(40, size: (8, 8), classes: 10)
  private let untrained = (
    teacher: Sample.smallNetwork(seed: 2), student: Sample.smallNetwork(seed: 3)
  )

  private static func images(
    _ count: Int, size: (height: Int, width: Int), classes: Int
  ) -> ImageSet {
    var generator = SeededGenerator(seed: 1)
    return ImageSet(
      pixels: (0..<count * size.height * size.width).map { _ in
        UInt8(generator.next() >> 56)
      },
      labels: (0..<count).map { UInt8($0 % classes) }, size: size)
  }

  private func weights(_ model: Sequential) -> [Tensor] {
    model.parameters.map(\.value)
  }

  private func run(_ recipe: Distillation, seed: UInt64, firstSteps: Int? = nil)
    throws -> (teacher: Distillation.Outcome, student: Distillation.Outcome)
  {
    try recipe.run(
      on: training, teacher: untrained.teacher, student: untrained.student,
      seed: seed, firstSteps: firstSteps)
  }

  @Test func `a teacher at temperature 1 is trained as ever`() throws {
    var recipe = recipe
    recipe.temperature = 1
    var model = untrained.teacher
    var optimizer = Adam(learningRate: 0.01)
    var losses: [Double] = []
    for epoch in 1...2 {
      let batches = training.batches(of: 16, seed: 4, epoch: epoch)
      for (step, batch) in batches.enumerated() {
        let gradients = model.parameterGradients(
          on: batch, mode: .training(seed: derivedSeed(4, .step, epoch, step)))
        optimizer.update(&model, with: gradients)
        losses.append(gradients.loss)
      }
    }
    let teacher = try recipe.teacher(
      from: untrained.teacher, on: training, seed: 4)
    #expect(losses.count == 6 && teacher.losses == losses)
    #expect(weights(teacher.model) == weights(model))
  }

  @Test func `a student begins with the definition's loss`() throws {
    let (teacher, student) = (untrained.teacher, untrained.student)
    let outcome = try recipe.student(
      from: student.withoutDropout, of: teacher, on: training, seed: 4,
      firstSteps: 1)
    let batch = Array(training.batches(of: 16, seed: 4, epoch: 1))[0]
    let wanted = Reference.softmax(
      ExactTensor(teacher(batch.images)).map { $0 / 20 })
    let given = Reference.softmax(
      ExactTensor(student(batch.images)).map { $0 / 20 })
    let loss = -wanted.dot(given.map { log($0) }) / 16
    expectClose(outcome.losses, [loss], relative: 1e-5)
    expectClose(
      recipe.softLabels(of: batch.images, by: teacher), wanted,
      relative: 1e-5)
  }

  @Test func `the student of a constant teacher becomes constant`() throws {
    // At T = 5 the teacher gives every image softmax(0, 1, 2), whatever its
    // label is: all labels are 0.
    let teacher: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [3, 4]), bias: Tensor([0, 5, 10])),
    ]
    var generator = SeededGenerator(seed: 5)
    let student: Sequential = [
      "flatten": Flatten(), "scores": Linear(4, 3, using: &generator),
    ]
    let images = Self.images(32, size: (2, 2), classes: 1)
    let recipe = Distillation(
      temperature: 5, epochs: 200, batchSize: 8, learningRate: 0.05)
    let outcome = try recipe.student(
      from: student, of: teacher, on: images, seed: 6)
    let total = 1 + exp(1.0) + exp(2.0)
    let entropy = [1, exp(1.0), exp(2.0)].reduce(0.0) {
      $0 - $1 / total * log($1 / total)
    }
    #expect(outcome.losses.count == 800)
    // No loss is smaller than the entropy of the soft labels.
    #expect(outcome.losses.allSatisfy { $0 > entropy * (1 - 1e-6) })
    #expect((outcome.losses.last ?? .infinity) < 1.02 * entropy)
    let logits = outcome.model.logits(of: images.first(32).images)
    #expect(predictions(logits) == Array(repeating: 2, count: 32))
    let lead = (0..<32).reduce(0.0) {
      $0 + Double(logits[$1, 2] - logits[$1, 0]) / 32
    }
    #expect(abs(lead - 10) < 0.5)
  }

  @Test func `the first steps are those of the whole`() throws {
    let whole = try run(recipe, seed: 4)
    #expect(whole.student.losses.count == 6)
    // Into the second epoch.
    let first = try run(recipe, seed: 4, firstSteps: 4)
    #expect(first.teacher.losses == Array(whole.teacher.losses.prefix(4)))
    #expect(first.student.losses.count == 4)
    #expect(weights(first.teacher.model) != weights(whole.teacher.model))
    let student = try recipe.student(
      from: untrained.student, of: whole.teacher.model, on: training, seed: 4,
      firstSteps: 4)
    #expect(student.losses == Array(whole.student.losses.prefix(4)))
  }

  @Test func `the same bits on one and on three workers, others by seed`()
    throws
  {
    let (one, three) = try (
      Workers.$count.withValue(1) { try run(recipe, seed: 4) },
      Workers.$count.withValue(3) { try run(recipe, seed: 4) }
    )
    #expect(one.teacher.losses == three.teacher.losses)
    #expect(one.student.losses == three.student.losses)
    #expect(weights(one.student.model) == weights(three.student.model))
    let other = try run(recipe, seed: 5)
    #expect(weights(other.student.model) != weights(one.student.model))
  }

  @Test func `the passes are those announced`() throws {
    let ear = Ear()
    try WorkReport.$observer.withValue(ear) {
      _ = try run(recipe, seed: 4)
    }
    #expect(ear.passes.withLock { $0 } == recipe.passes(images: 40))
  }

  @Test func `a training that runs away is stopped`() {
    var recipe = recipe
    recipe.learningRate = .infinity
    expectSentence("not a finite number at batch 2 of epoch 1") {
      _ = try run(recipe, seed: 4)
    }
  }

  @Test func `what stops a naive attack stops no other`() throws {
    // Two images: the brighter of two pixels is the class.
    let images = ImageSet(
      pixels: (0..<32).map { [204, 51, 51, 204][$0 % 4] },
      labels: (0..<16).map { UInt8($0 % 2) }, size: (1, 2))
    let batch = images.first(2)
    var generator = SeededGenerator(seed: 7)
    let network: Sequential = [
      "flatten": Flatten(), "scores": Linear(2, 2, using: &generator),
    ]
    func student(at temperature: Float) throws -> Sequential {
      try Distillation(
        temperature: temperature, epochs: 400, batchSize: 16, learningRate: 2
      ).run(on: images, teacher: network, student: network, seed: 8)
        .student.model
    }
    let (plain, distilled) = try (student(at: 1), student(at: 50))
    var naive = FGSM(epsilon: .pixels(0.5))
    naive.loss = .naiveCrossEntropy
    #expect(plain.accuracy(under: naive, on: batch) == Proportion(0, of: 2))
    #expect(
      distilled.accuracy(under: naive, on: batch) == Proportion(2, of: 2))
    #expect(
      distilled.zeroSlopes(of: .naiveCrossEntropy, on: batch).atAllPixels
        == Proportion(2, of: 2))
    var steps = PGD(
      epsilon: .pixels(0.5), stepSize: .pixels(0.125), steps: 10)
    steps.loss = .margin
    #expect(
      distilled.accuracy(under: steps, on: batch) == Proportion(0, of: 2))
    var nearest = CarliniWagner()
    nearest.searches = 4
    nearest.steps = 200
    nearest.stepSize = 0.1
    #expect(
      AttackRun(nearest, on: batch, against: distilled).success
        == Proportion(2, of: 2))
  }
}
