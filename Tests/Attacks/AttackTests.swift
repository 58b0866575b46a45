import Foundation
import Testing

@testable import Shared

/// The shipped model and some real digits, loaded once.
struct Victim {
  let model: Sequential
  let batch: Batch

  static let shared = Result { try Victim() }

  private init() throws {
    var model = Sequential.notebookNetwork(seed: 0)
    let checkpoint = try LoadedCheckpoint(PackageFiles.pretrained)
    try model.load(checkpoint.contents.tensors, from: "pretrained")
    self.model = model
    batch = try MNIST().test.first(60)
  }
}

private func attacks(_ epsilon: Epsilon) -> [any Attack] {
  [
    FGSM(epsilon: epsilon), RandomSigns(epsilon: epsilon, seed: 5),
    PGD(epsilon: epsilon, stepSize: .pixels(0.03), steps: 4, seed: 5),
    PGD(epsilon: epsilon, stepSize: .pixels(0.03), steps: 4, seed: nil),
  ]
}

@Suite struct AttackTests {
  @Test func `epsilon 0 changes nothing`() throws {
    let victim = try Victim.shared.get()
    for attack in attacks(.pixels(0)) {
      let result = attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
      #expect(result == victim.batch.images, "\(attack)")
    }
  }

  @Test(arguments: [0.003, 0.05, 0.1, 0.2, 0.3, 1] as [Float])
  func `no pixel leaves its box, by not even one bit`(epsilon: Float) throws {
    let victim = try Victim.shared.get()
    for attack in attacks(.pixels(epsilon)) {
      let result = attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
      #expect(
        Epsilon.pixels(epsilon).isAllowed(result, from: victim.batch.images))
      #expect(result != victim.batch.images)
    }
  }

  @Test func `the same seed gives the same bits for any number of workers`()
    throws
  {
    let victim = try Victim.shared.get()
    for index in attacks(.pixels(0.1)).indices {
      let results = [1, 2, 3].map { workers in
        Workers.$count.withValue(workers) {
          attacks(.pixels(0.1))[index].perturb(
            victim.batch.images, labels: victim.batch.labels,
            against: victim.model)
        }
      }
      #expect(results[0] == results[1])
      #expect(results[0] == results[2])
    }
  }

  @Test func `another seed gives another start`() throws {
    let victim = try Victim.shared.get()
    let results = [1, 2].map { seed in
      PGD(epsilon: .pixels(0.1), stepSize: .pixels(0.01), steps: 2, seed: seed)
        .perturb(
          victim.batch.images, labels: victim.batch.labels,
          against: victim.model)
    }
    #expect(results[0] != results[1])
  }

  @Test func `FGSM goes uphill and further than chance`() throws {
    let victim = try Victim.shared.get()
    func loss(_ attack: any Attack) -> Double {
      let images = attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
      return victim.model.evaluate(on: images, labels: victim.batch.labels)
        .meanLoss
    }
    let epsilon = Epsilon.pixels(0.1)
    let clean = loss(FGSM(epsilon: .pixels(0)))
    let noise = loss(RandomSigns(epsilon: epsilon))
    let fgsm = loss(FGSM(epsilon: epsilon))
    let pgd = loss(
      PGD(epsilon: epsilon, stepSize: .pixels(0.01), steps: 20, seed: nil))
    #expect(fgsm > noise)
    #expect(fgsm > 2 * clean)
    #expect(pgd > fgsm)
  }

  @Test func `on a linear classifier FGSM finds the worst corner`() {
    // Two pixels: the lead 2x₁ − 3x₂ falls most at (−ε, +ε).
    let classifier: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [2, 2], scalars: [2, -3, 0, 0]),
        bias: Tensor([0, 0]))
    ]
    let image = Tensor(shape: [1, 2], scalars: [0.6, 0.3])
    let attacked = FGSM(epsilon: .pixels(0.1))
      .perturb(image, labels: [0], against: classifier)
    expectNear(attacked.scalars, [0.5, 0.4])
  }

  @Test func `where the gradient is zero nothing moves`() {
    let blind: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [2, 2], scalars: [1, 0, -1, 0]),
        bias: Tensor([0, 0]))
    ]
    let image = Tensor(shape: [1, 2], scalars: [0.5, 0.5])
    let attacked = FGSM(epsilon: .pixels(0.1))
      .perturb(image, labels: [0], against: blind)
    expectNear(attacked.scalars, [0.4, 0.5])
  }

  @Test func `PGD with one full step and no random start is FGSM`() throws {
    let victim = try Victim.shared.get()
    let epsilon = Epsilon.pixels(0.15)
    let one = PGD(epsilon: epsilon, stepSize: epsilon, steps: 1, seed: nil)
    let images = victim.batch.images
    let labels = victim.batch.labels
    #expect(
      one.perturb(images, labels: labels, against: victim.model)
        == FGSM(epsilon: epsilon)
        .perturb(images, labels: labels, against: victim.model))
  }

  @Test func `projection holds exactly for random numbers`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let pixel = generator.uniform()
      let epsilon = generator.uniform() * 0.5
      let result = projected(
        pixel + generator.uniform(within: 1), around: pixel, epsilon)
      #expect(abs(Double(result) - Double(pixel)) <= Double(epsilon))
      #expect((0...1).contains(result))
    }
  }

  private func expectNear(_ values: [Float], _ expected: [Float]) {
    for (value, expected) in zip(values, expected) {
      #expect(abs(value - expected) < 1e-6)
    }
  }
}
