import Testing

@testable import Lesson
@testable import Shared

@Suite struct BreakNoiseTests {
  @Test func `12: FGSM and PGD see a safe network`() throws {
    let shipped = try ShippedChallenges.loaded.get()
    let challenge = shipped.noise.with(shipped.images(0..<30))
    for attack in [
      FGSM(epsilon: challenge.epsilon),
      PGD(epsilon: challenge.epsilon, stepSize: .pixels(0.025), steps: 20),
    ] as [any Attack] {
      let moved = attack.perturb(
        challenge.images, labels: challenge.labels, against: challenge.model)
      #expect(challenge.safety(of: moved).value > 0.8)
    }
  }

  @Test func `12: more draws pass, too`() {
    #expect(graded(.breakNoise { walk(&$0) { mean($0, of: 12) } }) == "solved")
  }

  @Test func `12: each mistake has its name`() {
    let mistakes: [(name: String, attack: ChallengeAttack)] = [
      ("every pixel one way", { walk(&$0) { $0.images.map { _ in -1 } } }),
      ("nothing moved", { _ in }),
      ("only part of the box", { walk(&$0, steps: 2) { mean($0, of: 10) } }),
      ("lucky in one draw", untilItIsLucky),
      ("wrong way", { walk(&$0, uphill: -1) { mean($0, of: 10) } }),
      (
        "the undefended network",
        {
          walk(&$0) { challenge in
            Sequential(Array(challenge.model.layers.dropFirst()))
              .inputGradient(of: challenge.images, labels: challenge.labels)
          }
        }
      ),
      ("no direction", { scatter(&$0) }),
      (
        "a single step",
        { walk(&$0, steps: 1, fraction: 1) { mean($0, of: 10) } }
      ),
      (
        "draws not averaged",
        {
          walk(&$0) { $0.model.inputGradient(of: $0.images, labels: $0.labels) }
        }
      ),
      (
        "not far enough",
        { blend(&$0, 0.72) { walk(&$0) { mean($0, of: 10) } } }
      ),
    ]
    expectChallengeDiagnoses(
      mistakes + rulebreakers, of: { .breakNoise($0) })
  }
}

private func mean(_ challenge: Challenge, of draws: Int) -> Tensor {
  (1...draws).reduce(Tensor(shape: challenge.images.shape)) { sum, seed in
    sum
      + challenge.model(drawing: UInt64(seed)).inputGradient(
        of: challenge.images, labels: challenge.labels)
  }
}

/// Tries until the draw that was handed out goes wrong.
@Sendable private func untilItIsLucky(_ challenge: inout Challenge) {
  let original = challenge.images
  walk(&challenge) { mean($0, of: 3) }
  let start = challenge.images
  for attempt in 0..<40 {
    let moved = projected(
      uniformNoise(around: start, .pixels(0.01), seed: UInt64(attempt)),
      around: original, challenge.epsilon)
    let isRight = challenge.isRight(moved, by: challenge.model)
    for row in isRight.indices where !isRight[row] {
      challenge.images.replaceRow(row, with: moved.row(row))
    }
  }
}
