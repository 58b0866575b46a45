import Lesson
import Shared

/// PGD beside FGSM, on the same images.
func manySmallSteps(
  _ page: Page, _ model: Sequential, _ few: Batch, fgsm: [RobustnessPoint],
  _ exercises: (
    box: Exercise<PixelProjection>, ascent: Exercise<PGD.Ascent>,
    start: Exercise<PGD.RandomStart>
  )
) -> [RobustnessPoint] {
  let steps = page.full(40, quick: 10)
  let stepSize = Epsilon.pixels(page.full(0.01, quick: 0.03))
  page.say(
    """
    FGSM trusts one slope for the whole way. *Projected gradient descent* (PGD;
    Madry et al. 2018, arXiv:1706.06083) makes many small steps, asks for the
    slope again after each, and returns to the box whenever a step leaves it. It
    costs as many backward passes as it has steps, so we attack the first \(few.count.grouped) test images with
    \(steps) steps of \(stepSize.pixels) pixels from a random start.
    """)
  page.listing("Shared/Attacks/PGD.swift", from: "public func perturb")
  let epsilons = [0.05, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  let guess = page.guess(
    "PGD at 0.2",
    "At $ε = 0.2$ FGSM leaves \(fgsm[4].accuracy.value.percent(0)). How "
      + "many per cent does PGD leave?", .percent)
  let box = page.exercise(exercises.box)
  let ascend = page.solution(of: exercises.ascent)
  let start = page.exercise(exercises.start)
  let seed = page.options.seed
  let project: PGD.Projection = { moved, images, epsilon in
    moved.combined(with: images) { box($0, $1, epsilon.pixels) }
  }
  let attack: (Epsilon) -> any Attack
  if let ascend {
    attack = page.show {
      { epsilon in
        OwnAscent(
          epsilon: epsilon, stepSize: stepSize, steps: steps, seed: seed,
          start: start, ascend: ascend)
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
  let fgsmOnFew = model.curve(
    under: { FGSM(epsilon: $0) }, on: few, epsilons: epsilons)
  pgdTable(page, fgsmOnFew, points, steps: steps)
  page.reveal(
    guess, outcome: points[2].accuracy.value,
    "The same box, the same network: only the attacker has become patient.")
  page.say(
    """
    The larger $ε$, the less the network is linear over that distance, and the
    more of what FGSM leaves standing PGD knocks over.

    **Key point:** the lesson is larger than these two. An attack gives only an *upper bound* on robustness. Whoever
    reports "accuracy under FGSM" as "robustness" reports how weak the attack
    was.
    """)
  return points
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
private struct OwnAscent: Attack {
  var epsilon: Epsilon
  var stepSize: Epsilon
  var steps: Int
  var seed: UInt64
  var start: PGD.RandomStart
  var ascend: PGD.Ascent

  func perturb(_ images: Tensor, labels: [Int], against model: Sequential)
    -> Tensor
  {
    let end = ascend(
      start(images, epsilon, seed), images, labels, model, epsilon, stepSize,
      steps)
    // An answer may round `pixel + ε` to a hair outside; an attack may not.
    return projected(end, around: images, epsilon)
  }
}
