import Testing

@testable import Shared

@Suite struct FGSMTests {
  /// Each of three pixels is the logit of a class.
  private let identity: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
      bias: Tensor([0, 0, 0]))
  ]
  private let image = Tensor(shape: [1, 3], scalars: [0.5, 0.25, 0.75])

  private func moved(_ loss: AttackLoss, _ goal: Goal) -> [Float] {
    var attack = FGSM(epsilon: .pixels(0.125))
    attack.loss = loss
    let end = attack.perturb(image, goals: [goal], against: identity)
    return zip(end.scalars, image.scalars).map { ($0 - $1) / 0.125 }
  }

  @Test func `losses and answers are those of Foolbox`() throws {
    let victim = try Victim.shared.get()
    let fixture = try AttackFixture.load()
    let batch = victim.batch.prefix(fixture.labels.count)
    #expect(batch.labels == fixture.labels)
    for expected in fixture.fgsm {
      let attack = FGSM(epsilon: .pixels(expected.epsilon))
      let run = AttackRun(attack, on: batch, against: victim.model)
      let losses = softmaxCrossEntropy(
        logits: victim.model.logits(of: run.images), labels: batch.labels
      ).losses
      // Where a slope is nearly 0 its sign is chance, and a pixel with it. How
      // much that may be, the same attack in double precision tells.
      let noise = expected.float64
      let different = zip(run.answers, expected.predictions).count { $0 != $1 }
      #expect(different <= noise.differentPredictions + 1)
      let mean = losses.reduce(0, +) / Double(losses.count)
      let most = noise.largestDifferenceOfLosses
      #expect(abs(mean - expected.meanLoss) < 1e-4 + most / 10)
      for (loss, expected) in zip(losses, expected.losses) {
        #expect(abs(loss - expected) < 1e-3 + 2 * most)
      }
    }
  }

  @Test func `away from the right class, or toward the target`() {
    #expect(moved(.crossEntropy, .avoid(2)) == [1, 1, -1])
    #expect(moved(.crossEntropy, .reach(1, from: 2)) == [-1, 1, -1])
    #expect(moved(.crossEntropy, .reach(0, from: 2)) == [1, -1, -1])
  }

  @Test func `it climbs the loss that it is given`() {
    // The margin knows but two logits, the logit but one.
    #expect(moved(.margin, .avoid(2)) == [1, 0, -1])
    #expect(moved(.margin, .reach(1, from: 2)) == [0, 1, -1])
    #expect(moved(.logit, .avoid(2)) == [0, 0, -1])
    #expect(moved(.logit, .reach(1, from: 2)) == [0, 1, 0])
  }

  @Test func `a target is answered more often than without the attack`() throws
  {
    let victim = try Victim.shared.get()
    let others = victim.batch.labels.indices.filter {
      victim.batch.labels[$0] != 8
    }
    let batch = Batch(
      images: victim.batch.images.rows(others),
      labels: others.map { victim.batch.labels[$0] })
    func answered(_ size: Float) -> Int {
      AttackRun(
        FGSM(epsilon: .pixels(size)), on: batch, target: 8,
        against: victim.model
      ).success.successes
    }
    #expect(answered(0) <= 1)
    #expect(answered(0.3) > 10)
  }
}
