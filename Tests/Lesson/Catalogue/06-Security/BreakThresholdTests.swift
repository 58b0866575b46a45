import Testing

@testable import Lesson
@testable import Shared

@Suite struct BreakThresholdTests {
  @Test func `the worked example holds`() {
    var challenge = Challenge.thresholding(
      before: ExerciseSamples.twoPixelClassifier([1, -1]),
      on: Batch(images: ExerciseSamples.pixels(0.6, 0.4), labels: [0]))
    challenge.epsilon = .pixels(0.2)
    let slope = challenge.model.inputGradient(of: challenge.images, labels: [0])
    #expect(slope.scalars == [0, 0])
    var broken = challenge
    breakThreshold(&broken)
    #expect(challenge.isSafe(broken.images, drawing: 1) == [false])
    #expect(broken.images.scalars.map { ($0 * 10).rounded() } == [4, 6])
  }

  @Test func `11: FGSM and PGD see a safe network`() throws {
    let shipped = try ShippedChallenges.loaded.get()
    let challenge = shipped.thresholding.with(shipped.images(0..<30))
    for attack in [
      FGSM(epsilon: challenge.epsilon),
      PGD(epsilon: challenge.epsilon, stepSize: .pixels(0.05), steps: 20),
    ] as [any Attack] {
      let moved = attack.perturb(
        challenge.images, labels: challenge.labels, against: challenge.model)
      #expect(challenge.safety(of: moved).value > 0.9)
    }
  }

  @Test func `11: a random start and fewer steps pass, too`() {
    #expect(
      graded(
        .breakThreshold {
          let original = $0.images
          scatter(&$0)
          for _ in 0..<20 {
            let challenge = $0
            $0.images = projected(
              challenge.images.combined(with: straight(challenge)) {
                $0 + 0.05 * sign($1)
              }, around: original, challenge.epsilon)
          }
        }) == "solved")
  }

  @Test func `11: each mistake has its name`() {
    let mistakes: [(name: String, attack: ChallengeAttack)] = [
      ("every pixel one way", { walk(&$0) { $0.images.map { _ in -1 } } }),
      (
        "nothing moved",
        {
          walk(&$0) { $0.model.inputGradient(of: $0.images, labels: $0.labels) }
        }
      ),
      (
        "nothing crossed",
        { walk(&$0, steps: 1, fraction: 1000, along: straight) }
      ),
      (
        "only part of the box",
        { walk(&$0, steps: 1, fraction: 2, along: straight) }
      ),
      ("wrong way", { walk(&$0, uphill: -1, along: straight) }),
      (
        "the undefended network",
        {
          walk(&$0, steps: 40, fraction: 16) {
            rest($0).inputGradient(of: $0.images, labels: $0.labels)
          }
        }
      ),
      ("no direction", { scatter(&$0) }),
      ("a single step", { walk(&$0, steps: 1, fraction: 1, along: straight) }),
      ("not far enough", { walk(&$0, steps: 3, fraction: 4, along: straight) }),
    ]
    expectChallengeDiagnoses(
      mistakes + rulebreakers, of: { .breakThreshold($0) })
  }
}

private func rest(_ challenge: Challenge) -> Sequential {
  Sequential(Array(challenge.model.layers.dropFirst()))
}

private func straight(_ challenge: Challenge) -> Tensor {
  rest(challenge).inputGradient(
    of: Thresholding()(challenge.images), labels: challenge.labels)
}
