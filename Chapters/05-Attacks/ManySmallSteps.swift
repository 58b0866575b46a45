import Lesson
import Shared

/// PGD beside FGSM, on the same images.
func manySmallSteps(
  _ page: Page, _ model: Sequential, _ few: Batch,
  _ exercises: (
    box: Exercise<PixelProjection>, ascent: Exercise<PGD.Ascent>,
    start: Exercise<PGD.RandomStart>
  )
) throws -> (points: [RobustnessPoint], attack: (Epsilon) -> PGD) {
  // Change the list: what is measured, asked and said follows it.
  let epsilons = [0.05, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  try epsilons.requireRising()
  let steps = page.full(40, quick: 10)
  let stepSize = Epsilon.pixels(page.full(0.01, quick: 0.03))
  page.say(
    """
    The gradient at the image may mislead, so PGD starts at a random point of the
    box. It makes \(steps) steps of \(stepSize.pixels) here, on the first
    \(few.count.grouped) test images. (Both off here: `turned` adds momentum,
    `stopped` leaves alone what is misread.)
    """)
  page.listing(
    "Shared/Attacks/Gradients/PGD.swift", from: "for _ in 0..<steps")
  // Before the guess, which names what FGSM leaves of these images.
  let single = epsilons.map {
    AttackRun(FGSM(epsilon: $0), on: few, against: model)
  }
  let asked = epsilons.nearest(to: 0.2).flatMap {
    epsilons.firstIndex(of: $0)
  }
  let guess = asked.map {
    guessPGD(page, at: epsilons[$0], fgsm: single[$0].accuracy)
  }
  let (ownBox, ascend, ownStart) = page.solutions(
    of: exercises.box, exercises.ascent, exercises.start)
  let walk = Walk(
    steps: steps, stepSize: stepSize, seed: page.options.seed,
    box: ownBox ?? exercises.box.library, ascend: ascend,
    start: ownStart ?? exercises.start.library)
  let passes = epsilons.count * few.count * (3 * steps + 1)
  let patient = page.progress("PGD", passes: passes) {
    epsilons.map {
      AttackRun(walk.attack($0, on: model), on: few, against: model)
    }
  }
  let points = pgdTable(page, epsilons, single, patient, steps: steps)
  let clean = model.evaluate(on: few.images, labels: few.labels).accuracy
  page.record(
    "cleanOnPGDImages", RobustnessPoint(epsilon: .pixels(0), accuracy: clean))
  if let asked, let guess {
    let (one, many) = (single[asked], patient[asked])
    page.reveal(
      guess, outcome: many.accuracy.value,
      many.accuracy.value < one.accuracy.value
        ? "The same box, the same network: only the attacker is more patient."
        : "On this model many steps leave no less than one.")
    page.say(
      pairedInWords(one, many, at: epsilons[asked]) + " "
        + bendInWords(page, model, few, many)
        + restartsInWords(page, model, few, walk, epsilons, patient))
  }
  page.say(
    """
    **Key point:** *robust accuracy* at $ε$ is the share of images that are read
    right whatever changes within $ε$. An attack tries some changes, with its
    steps, step size and starts. So what it leaves is an *upper bound*.
    """)
  return (points: points, attack: { walk.pgd($0) })
}

/// Asks what PGD leaves, and tells what FGSM leaves of the same images.
private func guessPGD(_ page: Page, at epsilon: Epsilon, fgsm: Proportion)
  -> PendingGuess
{
  page.guess(
    "PGD at \(epsilon.pixels)",
    "At $ε = \(epsilon.pixels)$ FGSM leaves \(fgsm.value.percent(0)) of these "
      + "images. How many per cent does PGD leave?", .percent)
}

/// One step beside many, on the same images.
///
/// - Returns: What PGD left.
private func pgdTable(
  _ page: Page, _ epsilons: [Epsilon], _ single: [AttackRun],
  _ patient: [AttackRun], steps: Int
) -> [RobustnessPoint] {
  func points(_ runs: [AttackRun]) -> [RobustnessPoint] {
    zip(epsilons, runs).map {
      RobustnessPoint(epsilon: $0, accuracy: $1.accuracy)
    }
  }
  let (fgsm, pgd) = (points(single), points(patient))
  let images = pgd.first?.accuracy.total ?? 0
  page.table(
    "Accuracy on the first \(images.grouped) test images",
    columns: ["ε pixels", "FGSM", "PGD-\(steps)"],
    rows: zip(fgsm, pgd).map {
      [
        $0.epsilon.pixels.decimals(2), $0.accuracy.withInterval,
        $1.accuracy.withInterval,
      ]
    }, ["fgsmOnPGDImages": fgsm, "pgd": pgd])
  return pgd
}

/// What became of each image under one step and under many.
private func pairedInWords(
  _ one: AttackRun, _ many: AttackRun, at epsilon: Epsilon
) -> String {
  let pairs = zip(one.isMet, many.isMet)
  let left = pairs.count { !$0.0 }
  let turned = pairs.count { !$0.0 && $0.1 }
  let back = pairs.count { $0.0 && !$0.1 }
  return """
    Image by image at $ε = \(epsilon.pixels)$: PGD turns \(turned) of the
    \(left) that FGSM leaves, and leaves \(back) of the
    \(one.isMet.count - left) others.
    """
}

/// What two more random starts add.
private func restartsInWords(
  _ page: Page, _ model: Sequential, _ few: Batch, _ walk: Walk,
  _ epsilons: [Epsilon], _ patient: [AttackRun]
) -> String {
  // A size at which PGD leaves something to take.
  guard let size = epsilons.nearest(to: 0.1),
    let near = epsilons.firstIndex(of: size)
  else { return "" }
  let some = few.prefix(100)
  let passes = 3 * some.count * (3 * walk.steps + 1)
  let several = page.progress("PGD, three starts", passes: passes) {
    AttackRun(
      walk.pgd(size, starts: 3), on: some, against: model)
  }
  let pairs = zip(patient[near].isMet, several.isMet)
  let left = pairs.count { !$0.0 }
  let more = pairs.count { !$0.0 && $0.1 }
  page.record("turnedByMoreStarts", more)
  return """
     At $ε = \(size.pixels)$ one random start leaves \(left) of these
    \(some.count); two more turn \(more) of those.
    """
}

/// How PGD walks here, with the learner's parts where they have passed.
private struct Walk {
  var steps: Int
  var stepSize: Epsilon
  var seed: UInt64
  var box: PixelProjection
  /// Exercise 6b's walk; nil for the library's.
  var ascend: PGD.Ascent?
  var start: PGD.RandomStart

  func attack(_ epsilon: Epsilon, on model: Sequential) -> any Attack {
    guard let ascend else { return pgd(epsilon) }
    return OwnAscent(
      walk: self, ascend: ascend, model: model, epsilon: epsilon)
  }

  func pgd(_ epsilon: Epsilon, starts: Int = 1) -> PGD {
    let box = box
    var pgd = PGD(
      epsilon: epsilon, stepSize: stepSize, steps: steps, seed: seed,
      randomStart: start,
      project: { moved, images, epsilon in
        moved.combined(with: images) { box($0, $1, epsilon.pixels) }
      })
    pgd.restarts = starts
    return pgd
  }
}

/// PGD whose steps are exercise 6b's.
///
/// The exercise is handed a model, not a view of one, so this has its own.
private struct OwnAscent: Attack {
  var walk: Walk
  var ascend: PGD.Ascent
  var model: Sequential
  var epsilon: Epsilon

  var bound: Bound { .maximum(epsilon) }

  func perturb(_ images: Tensor, goals: [Goal], asking other: NoAccess)
    -> Tensor
  {
    let end = ascend(
      walk.start(images, epsilon, walk.seed), images, goals.map(\.label),
      model, epsilon, walk.stepSize, walk.steps)
    // An answer may round `pixel + ε` to a hair outside; an attack may not.
    return projected(end, around: images, epsilon)
  }
}
