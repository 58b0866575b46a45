import Lesson
import Shared

/// The exercises on defences that look safe.
typealias BreakExercises = (
  masked: Exercise<ChallengeAttack>, threshold: Exercise<ChallengeAttack>,
  noise: Exercise<ChallengeAttack>, detector: Exercise<ChallengeAttack>
)

/// Defences under chapter 5's attacks, and under one made for each.
func breakItYourself(_ page: Page, _ lab: Lab, _ exercises: BreakExercises) {
  let few = lab.mnist.test.first(page.full(100, quick: 10, long: 500))
  introduce(page, few.count)
  let own = page.exercises(
    exercises.masked, exercises.threshold, exercises.noise, exercises.detector)
  // Scores that are not numbers can be neither high nor low.
  guard lab.plain.logits(of: few.images).scalars.allSatisfy(\.isFinite) else {
    return page.say(
      "What they leave is not measured: this model's logits are no numbers.")
  }
  let opponents = opponents(
    lab, few, exercises, [own.0, own.1, own.2, own.3])
  let guess =
    opponents.contains { $0.name == "noise" }
    ? page.guess(
      "an attack that averages",
      "How many per cent of the images behind the noise will be safe from an "
        + "attack that averages over it?", .percent) : nil
  let steps = page.full(20, quick: 10)
  let breaks = page.progress(
    "Breaking", passes: few.count * (opponents.count * 3 * steps + 400)
  ) { opponents.map { Break($0, pgdSteps: steps, seed: page.options.seed) } }
  table(page, breaks, few.count)
  if let guess, let noise = breaks.first(where: { $0.defense == "noise" }) {
    page.reveal(
      guess, outcome: noise.share(noise.made).value,
      "Each draw has a slope of its own; their mean has the one that counts.")
  }
  for one in breaks {
    guard let rule = one.brokenRule else { continue }
    page.say(
      "**Careful:** on these images your attack on *\(one.defense)* breaks a "
        + "rule (\(rule)), so the library's was counted.")
  }
  sayWhatTheyShare(page, breaks)
}

private func introduce(_ page: Page, _ count: Int) {
  page.say(
    """
    Now you. Here are four more defences, and what FGSM, PGD, and an attack that
    was made for each leave of the first \(count) test images.

    - *Large logits* (exercise 10): all logits times 100. The answers stay; the
      probabilities of the wrong classes round to 0, and so does the slope of the
      loss.
    - *Black or white* (11): the threshold from above, in a larger box.
    - *Noise* (12): the four-step network, if it is there, sees every image under
      noise of its own (σ = 0.25). An image is safe if most of five draws read it.
    - *Detector* (13): the channels from above, with their threshold. An image is
      safe if it is read right or rejected.

    You are handed model, defence, images and $ε$. You move the images; a copy of
    the rest, which you cannot reach, decides. Ask of each: which step can PGD not
    follow, what does it not know, and what could take its place? The stubs say
    how far each has to come down.
    """)
}

/// Those that the networks at hand allow.
private func opponents(
  _ lab: Lab, _ few: Batch, _ exercises: BreakExercises,
  _ own: [ChallengeAttack]
) -> [Opponent] {
  let calm = lab.mnist.training.first(lab.page.full(1000, quick: 200))
  let challenges: [(String, Challenge?, Exercise<ChallengeAttack>)] = [
    (
      "large logits", .maskedGradients(of: lab.plain, on: few), exercises.masked
    ),
    (
      "black or white", .thresholding(before: lab.plain, on: few),
      exercises.threshold
    ),
    (
      "noise", lab.defenses["four-steps"].map { .noise(before: $0, on: few) },
      exercises.noise
    ),
    (
      "detector", .detector(of: lab.plain, on: few, calibratedBy: calm),
      exercises.detector
    ),
  ]
  return zip(challenges, own).compactMap { one, attack in
    one.1.map {
      Opponent(
        name: one.0, challenge: $0, attack: attack,
        libraryAttack: one.2.library)
    }
  }
}

private func table(_ page: Page, _ breaks: [Break], _ count: Int) {
  page.table(
    "Per cent of the first \(count) images that are safe", "breaks", breaks,
    [
      Column("defence") { $0.defense },
      Column("ε") { Double($0.epsilon.pixels).shortest },
      Column("clean") { ($0.share($0.clean).value * 100).decimals(0) },
      Column("FGSM") { ($0.share($0.fgsm).value * 100).decimals(0) },
      Column("PGD") { ($0.share($0.pgd).value * 100).decimals(0) },
      Column("made for it") { $0.share($0.made).inShort },
    ])
}

private func sayWhatTheyShare(_ page: Page, _ breaks: [Break]) {
  func isBelow(_ one: [Bool], _ other: [Bool]) -> Bool {
    PairedProportions(one, other).lead95.upperBound < 0
  }
  let broken = breaks.filter { isBelow($0.made, $0.pgd) }
  guard !broken.isEmpty else { return }
  var clues = ""
  for one in breaks {
    guard let clue = one.clue else { continue }
    let share = (one.share(clue).value * 100).decimals(0)
    if one.defense == "noise", isBelow(one.made, clue) {
      clues +=
        " Without the noise PGD leaves \(share) % of the four-step network's "
        + "images at this $ε$: noise in front of it did not protect it, it made "
        + "it weaker."
    } else if one.defense == "detector", isBelow(clue, one.pgd) {
      clues +=
        " And behind the detector PGD leaves \(share) % if it ends at the first "
        + "wrong answer: what was noticed is that it went on."
    }
  }
  page.say(
    """
    \(broken.count == breaks.count
      ? "In every row the last attack leaves less than PGD does"
      : "Less than PGD leaves the last attack of "
        + broken.map { "*\($0.defense)*" }.joined(separator: ", "))
    (with 95 % confidence, image by image), in the same box. Nobody lied; the
    numbers under PGD misled all the same.\(clues)

    **Key point:** before you believe a defence, look for the place where the
    attack fails by itself: a slope that rounds to 0, a step that has none, a
    draw that is another one next time, a part of the system that was left out.
    """)
}
