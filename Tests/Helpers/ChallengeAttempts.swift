@testable import Lesson
@testable import Shared

/// Steps along the signs of a slope inside the box of a challenge.
func walk(
  _ challenge: inout Challenge, steps: Int = 20, fraction: Float = 8,
  uphill: Float = 1, along slope: (Challenge) -> Tensor
) {
  let original = challenge.images
  let step = uphill * challenge.epsilon.pixels / fraction
  for _ in 0..<steps {
    challenge.images = projected(
      challenge.images.combined(with: slope(challenge)) {
        $0 + step * sign($1)
      }, around: original, challenge.epsilon)
  }
}

/// Noise that fills the box.
func scatter(_ challenge: inout Challenge) {
  challenge.images = uniformNoise(
    around: challenge.images, challenge.epsilon, seed: 3)
}

/// Only a part of the way that an attack goes.
func blend(
  _ challenge: inout Challenge, _ share: Float,
  after attack: (inout Challenge) -> Void
) {
  let original = challenge.images
  attack(&challenge)
  challenge.images = original.combined(with: challenge.images) {
    $0 + share * ($1 - $0)
  }
}

/// Answers that break a rule of the game, by the name of the rule.
let rulebreakers: [(name: String, attack: ChallengeAttack)] = [
  ("other images", { $0.images = $0.images.rows(0..<1) }),
  ("labels changed", { $0.labels = $0.labels.map { ($0 + 1) % 10 } }),
  ("defence switched off", { $0.model.layers.removeFirst() }),
  ("a larger box", { $0.epsilon = .pixels(1) }),
  ("not a number", { $0.images.scalars[5] = .nan }),
  ("out of range", { $0.images.scalars[7] = -0.01 }),
  ("out of the box", { $0.images = $0.images.map { $0 < 0.5 ? 1 : 0 } }),
  (
    "images left alone",
    { challenge in
      let original = challenge.images
      scatter(&challenge)
      for row in 0..<original.shape[0] where row % 2 == 1 {
        challenge.images.replaceRow(row, with: original.row(row))
      }
    }
  ),
]
