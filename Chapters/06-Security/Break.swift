import Lesson
import Shared

/// A challenge, its name, and who attacks it.
struct Opponent {
  var name: String
  var challenge: Challenge
  /// The learner's, or the library's until there is one.
  var attack: ChallengeAttack
  var libraryAttack: ChallengeAttack
}

/// What is left of one challenge: which of its images are safe.
struct Break: Sendable {
  var defense: String
  var epsilon: Epsilon
  var clean, fgsm, pgd: [Bool]
  /// Under the attack that was made for it.
  var made: [Bool]
  /// The rule that the learner's attack breaks here; nil if it keeps all.
  var brokenRule: String?
  /// Under PGD with one thing changed: without the noise, or for the detector
  /// ending at the first wrong answer.
  var clue: [Bool]?

  /// Attacks one defence with all there is.
  init(_ opponent: Opponent, pgdSteps steps: Int, seed: UInt64) {
    let challenge = opponent.challenge
    func isSafe(_ images: Tensor, in challenge: Challenge) -> [Bool] {
      // These draws have nothing to do with any attack's.
      challenge.isSafe(images, drawing: derivedSeed(seed, .query))
    }
    func underPGD(_ challenge: Challenge, isPatient: Bool = true) -> [Bool] {
      var pgd = PGD(
        epsilon: challenge.epsilon,
        stepSize: .pixels(challenge.epsilon.pixels * 2.5 / Float(steps)),
        steps: steps, seed: seed)
      pgd.stopsAtSuccess = !isPatient
      return isSafe(
        pgd.perturb(
          challenge.images, labels: challenge.labels, against: challenge.model),
        in: challenge)
    }
    defense = opponent.name
    epsilon = challenge.epsilon
    clean = isSafe(challenge.images, in: challenge)
    fgsm = isSafe(
      FGSM(epsilon: epsilon).perturb(
        challenge.images, labels: challenge.labels, against: challenge.model),
      in: challenge)
    pgd = underPGD(challenge)
    var broken = challenge
    opponent.attack(&broken)
    brokenRule = challenge.brokenRule(in: broken)
    if brokenRule != nil {
      broken = challenge
      opponent.libraryAttack(&broken)
    }
    made = isSafe(broken.images, in: challenge)
    switch defense {
    case "noise":
      var bare = challenge
      bare.model = Sequential(Array(challenge.model.layers.dropFirst()))
      clue = underPGD(bare)
    case "detector": clue = underPGD(challenge, isPatient: false)
    default: clue = nil
    }
  }

  /// So many of some images, of all.
  func share(_ isSafe: [Bool]) -> Proportion {
    Proportion(isSafe.count { $0 }, of: isSafe.count)
  }
}

extension Break: Encodable {
  private enum CodingKeys: CodingKey {
    case defense, epsilon, clean, fgsm, pgd, made, clue
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(defense, forKey: .defense)
    try container.encode(epsilon.pixels, forKey: .epsilon)
    for (key, isSafe) in [
      (CodingKeys.clean, clean), (.fgsm, fgsm), (.pgd, pgd), (.made, made),
    ] { try container.encode(share(isSafe), forKey: key) }
    try container.encodeIfPresent(clue.map(share), forKey: .clue)
  }
}
