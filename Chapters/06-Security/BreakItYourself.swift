import Lesson
import Shared

/// What is left of one challenge.
private struct Break: Encodable, Sendable {
  var defense: String
  var epsilon: Float
  var clean: Proportion
  var fgsm: Proportion
  var pgd: Proportion
  /// Under the learner's attack, or the library's until there is one.
  var made: Proportion
}

/// Two numbers beside the table, on the same images.
private struct Clues: Encodable, Sendable {
  /// What PGD leaves of the four-step network without noise.
  var bare: Proportion?
  /// What PGD leaves behind the detector in a smaller box.
  var smallerBox: Proportion?
}

/// A challenge, its name, and who attacks it.
private typealias Opponent = (
  name: String, challenge: Challenge, attack: ChallengeAttack
)

/// Four defences under chapter 5's attacks, and under one made for each.
func breakItYourself(
  _ page: Page, _ lab: Lab,
  _ exercises: (
    masked: Exercise<ChallengeAttack>, threshold: Exercise<ChallengeAttack>,
    noise: Exercise<ChallengeAttack>, detector: Exercise<ChallengeAttack>
  )
) {
  let few = lab.mnist.test.first(page.full(100, quick: 10, long: 500))
  introduce(page, few.count)
  let (masked, threshold, noise, detector) = page.exercises(
    exercises.masked, exercises.threshold, exercises.noise, exercises.detector)
  // Scores that are not numbers can be neither high nor low.
  guard lab.plain.logits(of: few.images).scalars.allSatisfy(\.isFinite) else {
    return page.say(
      "What they leave is not measured: this model's logits are no numbers.")
  }
  let all: [(String, Challenge?, ChallengeAttack)] = [
    ("large logits", .maskedGradients(of: lab.plain, on: few), masked),
    ("black or white", .thresholding(before: lab.plain, on: few), threshold),
    (
      "noise",
      lab.defenses["four-steps"].map { .noise(before: $0, on: few) }, noise
    ),
    (
      "detector",
      .detector(
        of: lab.plain, on: few,
        calibratedBy: lab.mnist.training.first(page.full(1000, quick: 200))),
      detector
    ),
  ]
  let opponents: [Opponent] = all.compactMap { name, challenge, attack in
    challenge.map { (name, $0, attack) }
  }
  let guess = page.guess(
    "an attack that averages",
    "PGD leaves nearly all of the images behind the noise. How many per cent "
      + "will an attack leave that averages over it?", .percent)
  let steps = page.full(20, quick: 5)
  let breaks = page.progress(
    "Breaking", passes: few.count * (opponents.count * 3 * steps + 400)
  ) { opponents.map { outcome(of: $0, steps: steps) } }
  table(page, breaks, few.count)
  if let noise = breaks.first(where: { $0.defense == "noise" }) {
    page.reveal(
      guess, outcome: noise.made.value,
      "Each draw has a slope of its own; their mean has the one that counts.")
  }
  sayWhatTheyShare(page, breaks, clues(page, opponents, steps: steps))
}

private func introduce(_ page: Page, _ count: Int) {
  page.say(
    """
    Now you. Here are four more defences, each with a number that would look
    good in a report: what FGSM and PGD leave of the first \(count) test images.
    In each of them an attack that was made for it finds what those two miss.

    - *Large logits* (exercise 10): all logits times 100. The answers stay; the
      probability of the right class rounds to 1, the slope of the loss to 0.
    - *Black or white* (11): the threshold from above, in a larger box.
    - *Noise* (12): the four-step network sees every image under noise of its
      own (σ = 0.25). An image is safe if most of five draws read it.
    - *Detector* (13): the channels from above, with their threshold. An image is
      safe if it is read right or rejected.

    You are handed model, defence, images and $ε$. You move the images; a copy of
    the rest, which you cannot reach, decides. Ask of each: which step can PGD not
    follow, what does it not know, and what could take its place? The stubs say
    how far each has to come down.
    """)
}

private func outcome(of opponent: Opponent, steps: Int) -> Break {
  let challenge = opponent.challenge
  let epsilon = challenge.epsilon
  let fgsm = FGSM(epsilon: epsilon).perturb(
    challenge.images, labels: challenge.labels, against: challenge.model)
  var broken = challenge
  opponent.attack(&broken)
  return Break(
    defense: opponent.name, epsilon: epsilon.pixels,
    clean: challenge.safety(of: challenge.images),
    fgsm: challenge.safety(of: fgsm), pgd: underPGD(challenge, steps),
    made: challenge.safety(of: broken.images))
}

private func underPGD(_ challenge: Challenge, _ steps: Int) -> Proportion {
  let pgd = PGD(
    epsilon: challenge.epsilon,
    stepSize: .pixels(challenge.epsilon.pixels / 8), steps: steps, seed: 1)
  return challenge.safety(
    of: pgd.perturb(
      challenge.images, labels: challenge.labels, against: challenge.model))
}

private func table(_ page: Page, _ breaks: [Break], _ count: Int) {
  page.table(
    "Per cent of the first \(count) images that are safe", "breaks", breaks,
    [
      Column("defence") { $0.defense },
      Column("ε") { Double($0.epsilon).shortest },
      Column("clean") { ($0.clean.value * 100).decimals(0) },
      Column("FGSM") { ($0.fgsm.value * 100).decimals(0) },
      Column("PGD") { ($0.pgd.value * 100).decimals(0) },
      Column("made for it") { $0.made.inShort },
    ])
}

/// The noise taken away, and the detector in the box of the part before.
private func clues(_ page: Page, _ opponents: [Opponent], steps: Int) -> Clues {
  var clues = Clues()
  for (name, challenge, _) in opponents {
    var changed = challenge
    switch name {
    case "noise":
      changed.model = Sequential(Array(challenge.model.layers.dropFirst()))
      clues.bare = underPGD(changed, steps)
    case "detector":
      changed.epsilon = .pixels(0.2)
      clues.smallerBox = underPGD(changed, steps)
    default: break
    }
  }
  page.record("breakClues", clues)
  return clues
}

private func sayWhatTheyShare(
  _ page: Page, _ breaks: [Break], _ clues: Clues
) {
  let broken = breaks.filter { $0.made.lead95(over: $0.pgd).upperBound < 0 }
  guard !broken.isEmpty else { return }
  page.say(
    """
    \(broken.count == breaks.count
      ? "In every row the last attack leaves less than PGD does"
      : "Less than PGD leaves the last attack of "
        + broken.map { "*\($0.defense)*" }.joined(separator: ", "))
    (with 95 % confidence), in the same box and on the same images. Nobody lied;
    the numbers under PGD misled all the same.\(clue(breaks, clues))

    **Key point:** before you believe a defence, look for the place where the
    attack fails by itself: a slope that rounds to 0, a step that has none, a
    draw that is another one next time, a part of the system that was left out.
    """)
}

/// Where the numbers themselves could have warned.
private func clue(_ breaks: [Break], _ clues: Clues) -> String {
  func row(_ name: String) -> Break? { breaks.first { $0.defense == name } }
  var text = ""
  if let noise = row("noise"), let bare = clues.bare,
    noise.made.lead95(over: bare).upperBound < 0
  {
    text +=
      " Without the noise PGD leaves \((bare.value * 100).decimals(0)) % "
      + "of the four-step network's images at this $ε$: noise in front of it "
      + "did not protect it, it made it weaker."
  }
  if let detector = row("detector"), let smaller = clues.smallerBox,
    smaller.lead95(over: detector.pgd).upperBound < 0
  {
    text +=
      " And behind the detector PGD leaves "
      + "\((smaller.value * 100).decimals(0)) % in the box of 0.2, which lies "
      + "inside that of \(Double(detector.epsilon).shortest): more room must "
      + "never help a model. PGD goes too far here and is noticed."
  }
  return text
}
