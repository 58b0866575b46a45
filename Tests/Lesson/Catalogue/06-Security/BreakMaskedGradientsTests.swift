import Testing

@testable import Lesson
@testable import Shared

@Suite struct BreakMaskedGradientsTests {
  @Test func `the worked example holds`() {
    let challenge = Challenge(
      images: ExerciseSamples.pixels(0.6, 0.4), labels: [0],
      epsilon: .pixels(0.2),
      model: ExerciseSamples.twoPixelClassifier([1000, -1000]))
    let slope = challenge.model.inputGradient(of: challenge.images, labels: [0])
    #expect(slope.scalars == [0, 0])
    #expect(challenge.isSafe(challenge.images, drawing: 1) == [true])
    var broken = challenge
    breakMaskedGradients(&broken)
    #expect(challenge.isSafe(broken.images, drawing: 1) == [false])
    #expect(broken.images.scalars.map { ($0 * 10).rounded() } == [4, 6])
  }

  @Test func `10: FGSM and PGD see a safe network`() throws {
    let shipped = try ShippedChallenges.loaded.get()
    let challenge = shipped.maskedGradients.with(shipped.images(0..<30))
    for attack in [
      FGSM(epsilon: challenge.epsilon),
      PGD(epsilon: challenge.epsilon, stepSize: .pixels(0.025), steps: 20),
    ] as [any Attack] {
      let moved = attack.perturb(
        challenge.images, labels: challenge.labels, against: challenge.model)
      #expect(challenge.safety(of: moved).value > 0.9)
    }
  }

  @Test func `10: other ways up pass`() {
    #expect(
      graded(
        .breakMaskedGradients {
          walk(&$0) { margin($0) }
        }) == "solved")
  }

  @Test func `10: each mistake has its name`() {
    let naive: @Sendable (Challenge) -> Tensor = {
      $0.model.inputGradient(of: $0.images, labels: $0.labels)
    }
    let mistakes: [(name: String, attack: ChallengeAttack)] = [
      ("nothing moved", { walk(&$0, along: naive) }),
      ("no direction", { scatter(&$0) }),
      (
        "every pixel one way",
        { walk(&$0) { naive($0).map { $0 > 0 ? 1 : -1 } } }
      ),
      (
        "only part of the box",
        { walk(&$0, steps: 4) { margin($0) } }
      ),
      (
        "wrong way",
        {
          walk(&$0, uphill: -1) { margin($0) }
        }
      ),
      (
        "a single step",
        {
          walk(&$0, steps: 1, fraction: 1) {
            margin($0)
          }
        }
      ),
      (
        "not far enough",
        { walk(&$0, steps: 6) { margin($0) } }
      ),
    ]
    expectChallengeDiagnoses(
      mistakes + rulebreakers,
      of: { .breakMaskedGradients($0) })
  }
}

private func margin(_ challenge: Challenge) -> Tensor {
  let goals = challenge.labels.map(Goal.avoid)
  return challenge.model.inputGradient(of: challenge.images) { logits, rows in
    AttackLoss.margin.slopes(logits, Array(goals[rows])).gradient
  }
}
