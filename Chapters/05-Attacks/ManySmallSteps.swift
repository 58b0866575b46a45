import Lesson
import Shared

/// PGD beside FGSM, on the same images.
func manySmallSteps(
  _ page: Page, _ model: Sequential, _ few: Batch,
  _ exercises: (
    box: Exercise<PixelProjection>, ascent: Exercise<PGD.Ascent>,
    start: Exercise<PGD.RandomStart>
  )
) throws -> [RobustnessPoint] {
  // Change the list: what is measured, asked and said follows it.
  let epsilons = [0.05, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  try epsilons.requireRising()
  let steps = page.full(40, quick: 10)
  let stepSize = Epsilon.pixels(page.full(0.01, quick: 0.03))
  page.say(
    """
    FGSM trusts one slope for the whole way. *Projected gradient descent* (PGD;
    Madry et al. 2018, arXiv:1706.06083) makes many small steps, asks for the
    slope again after each, and returns to the box whenever a step leaves it. It
    costs as many backward passes as it has steps, so we attack the first
    \(few.count.grouped) test images with \(steps) steps of \(stepSize.pixels)
    pixels from a random start.
    """)
  page.listing(
    "Shared/Attacks/Gradients/PGD.swift", from: "private func climb")
  let asked = epsilons.nearest(to: 0.2)
  // Before the guess, which names what FGSM leaves of these images.
  let fgsm = model.curve(
    under: { FGSM(epsilon: $0) }, on: few, epsilons: epsilons)
  let guess = asked.map { guessPGD(page, at: $0, fgsm: fgsm) }
  let (ownBox, ascend, ownStart) = page.solutions(
    of: exercises.box, exercises.ascent, exercises.start)
  let box = ownBox ?? exercises.box.library
  let start = ownStart ?? exercises.start.library
  let seed = page.options.seed
  let project: PGD.Projection = { moved, images, epsilon in
    moved.combined(with: images) { box($0, $1, epsilon.pixels) }
  }
  let attack: (Epsilon) -> any Attack
  if let ascend {
    attack = page.show {
      { epsilon in
        OwnAscent(
          model: model, epsilon: epsilon, stepSize: stepSize, steps: steps,
          seed: seed, start: start, ascend: ascend)
      }
    }
  } else {
    attack = page.show {
      { epsilon in
        PGD(
          epsilon: epsilon, stepSize: stepSize, steps: steps, seed: seed,
          randomStart: start, project: project)
      }
    }
  }
  let passes = epsilons.count * few.count * (3 * steps + 1)
  let points = page.progress("PGD", passes: passes) {
    page.show("pgd") {
      model.curve(under: attack, on: few, epsilons: epsilons)
    }
  }
  pgdTable(page, fgsm, points, steps: steps)
  if let asked, let guess, let point = points.at(asked) {
    page.reveal(
      guess, outcome: point.accuracy.value,
      "The same box, the same network: only the attacker has become patient.")
  }
  page.say(
    """
    \(patienceInWords(fgsm, points))

    **Key point:** the lesson is larger than these two. An attack gives only an
    *upper bound* on robustness. Whoever reports "accuracy under FGSM" as
    "robustness" reports how weak the attack was.
    """)
  return points
}

/// Asks what PGD leaves, and tells what FGSM leaves of the same images.
private func guessPGD(
  _ page: Page, at epsilon: Epsilon, fgsm: [RobustnessPoint]
) -> PendingGuess {
  let size = epsilon.pixels
  let known = fgsm.at(epsilon).map { $0.accuracy.value.percent(0) }
  return page.guess(
    "PGD at \(size)",
    known.map {
      "At $ε = \(size)$ FGSM leaves \($0) of these images. How many per cent "
        + "does PGD leave?"
    } ?? "At $ε = \(size)$, how many per cent does PGD leave?", .percent)
}

/// What many steps did to the images that one step left standing.
private func patienceInWords(
  _ fgsm: [RobustnessPoint], _ pgd: [RobustnessPoint]
) -> String {
  guard let fgsmAtEnd = fgsm.last, let pgdAtEnd = pgd.last else { return "" }
  // The share of what FGSM leaves that PGD takes, as ε grows.
  let taken = zip(fgsm, pgd).map {
    1 - $1.accuracy.value / max($0.accuracy.value, 1e-9)
  }
  guard pgdAtEnd.accuracy.value < fgsmAtEnd.accuracy.value else {
    return """
      At $ε = \(pgdAtEnd.epsilon.pixels)$ these many steps leave no less than
      the one of FGSM.
      """
  }
  let rises = zip(taken, taken.dropFirst()).allSatisfy { $0 <= $1 }
  return rises && taken[0] < taken[taken.count - 1]
    ? """
    The larger $ε$, the more of what FGSM leaves standing PGD knocks over.
    """
    : """
    At $ε = \(pgdAtEnd.epsilon.pixels)$ PGD leaves
    \(pgdAtEnd.accuracy.value.percent(1)), where FGSM leaves
    \(fgsmAtEnd.accuracy.value.percent(1)).
    """
}

/// One step beside many, on the same images.
private func pgdTable(
  _ page: Page, _ fgsm: [RobustnessPoint], _ pgd: [RobustnessPoint], steps: Int
) {
  let images = pgd.first?.accuracy.total ?? 0
  page.table(
    "Accuracy on the first \(images.grouped) test images",
    columns: ["ε pixels", "FGSM", "PGD-\(steps)"],
    rows: zip(fgsm, pgd).map {
      [
        $0.epsilon.pixels.decimals(2), $0.accuracy.withInterval,
        $1.accuracy.withInterval,
      ]
    }, ["fgsmOnPGDImages": fgsm])
}

/// PGD whose steps are exercise 6b's.
///
/// The exercise is handed a model, not a view of one, so this has its own.
private struct OwnAscent: Attack {
  var model: Sequential
  var epsilon: Epsilon
  var stepSize: Epsilon
  var steps: Int
  var seed: UInt64
  var start: PGD.RandomStart
  var ascend: PGD.Ascent

  var bound: Bound { .maximum(epsilon) }

  func perturb(_ images: Tensor, goals: [Goal], asking other: NoAccess)
    -> Tensor
  {
    let end = ascend(
      start(images, epsilon, seed), images, goals.map(\.label), model, epsilon,
      stepSize, steps)
    // An answer may round `pixel + ε` to a hair outside; an attack may not.
    return projected(end, around: images, epsilon)
  }
}
