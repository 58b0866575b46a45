import Testing

@testable import Lesson
@testable import Shared

@Suite struct BreakDetectorTests {
  @Test func `13: FGSM and PGD see a safe network`() throws {
    let shipped = try ShippedChallenges.loaded.get()
    let challenge = shipped.detector.with(shipped.images(0..<30))
    for attack in [
      FGSM(epsilon: challenge.epsilon),
      PGD(epsilon: challenge.epsilon, stepSize: .pixels(0.04), steps: 20),
    ] as [any Attack] {
      let moved = attack.perturb(
        challenge.images, labels: challenge.labels, against: challenge.model)
      #expect(challenge.safety(of: moved).value > 0.9)
    }
  }

  @Test func `13: each mistake has its name`() {
    let mistakes: [(name: String, attack: ChallengeAttack)] = [
      ("every pixel one way", { walk(&$0) { $0.images.map { _ in -1 } } }),
      ("nothing moved", { _ in }),
      ("only part of the box", { walk(&$0, steps: 2, along: loss) }),
      ("the detector left out", { walk(&$0, along: loss) }),
      ("only quiet", { walk(&$0, uphill: -1, along: score) }),
      ("wrong way", { walk(&$0, uphill: -1, along: loss) }),
      ("loud and right", { walk(&$0, along: score) }),
      ("not far enough", { blend(&$0, 0.9, after: evade) }),
    ]
    expectChallengeDiagnoses(
      mistakes + rulebreakers.filter { $0.name != "images left alone" },
      of: { .breakDetector($0) })
  }

  @Test func `13: a threshold that was raised is refused`() {
    #expect(
      graded(
        .breakDetector {
          walk(&$0, along: loss)
          $0.alarm?.threshold = .infinity
        }) == "defence switched off")
  }
}

private func loss(_ challenge: Challenge) -> Tensor {
  challenge.model.inputGradient(of: challenge.images, labels: challenge.labels)
}

private func score(_ challenge: Challenge) -> Tensor {
  challenge.alarm?.detector.scoreGradient(of: challenge.images).gradient
    ?? challenge.images
}

private func evade(_ challenge: inout Challenge) {
  guard let alarm = challenge.alarm else { return }
  challenge.images = DetectorEvasion(
    of: alarm.detector, epsilon: challenge.epsilon, stepSize: .pixels(0.02),
    steps: 30, seed: 1
  ).perturb(
    challenge.images, labels: challenge.labels, against: challenge.model)
}
