import Lesson
import Shared

/// How both models did under one attack.
private struct ExamRow {
  var attack: String
  var plain: Proportion
  var hardened: Proportion
}

/// The same attacks on the plain and on the hardened model.
func exam(_ page: Page, _ lab: Lab) {
  guard let hardened = lab.hardened else { return }
  let test = lab.mnist.test
  let few = test.first(page.full(1000, quick: 100))
  let epsilon = Epsilon.pixels(0.3)
  let steps = page.full(40, quick: 10)
  let stepSize = Epsilon.pixels(page.full(0.01, quick: 0.04))
  page.say(
    """
    Both models now face the same attacks at $ε = \(epsilon.pixels)$, on the
    first \(few.count.grouped) test images. PGD makes \(steps) steps of
    \(stepSize.pixels) where the hardened model has only ever seen one.
    """)
  let guess = page.guess(
    "the hardened model",
    "How many per cent does the hardened model still "
      + "read under PGD at $ε = \(epsilon.pixels)$?", .percent)
  let seed = page.options.seed
  let attacks: [(name: String, attack: any Attack)] = [
    ("random signs", RandomSigns(epsilon: epsilon, seed: seed)),
    ("FGSM", FGSM(epsilon: epsilon)),
    (
      "PGD-\(steps)",
      PGD(epsilon: epsilon, stepSize: stepSize, steps: steps, seed: seed)
    ),
  ]
  // Forward only; forward, back and forward; the same with many steps.
  let passes = 2 * few.count * (1 + (3 + 1) + (3 * steps + 1))
  let rows = page.progress("Exam", passes: passes) {
    attacks.map { name, attack in
      ExamRow(
        attack: name, plain: lab.plain.accuracy(under: attack, on: few),
        hardened: hardened.accuracy(under: attack, on: few))
    }
  }
  func clean(_ images: ImageSet) -> ExamRow {
    ExamRow(
      attack: "none", plain: lab.plain.evaluate(on: images).accuracy,
      hardened: hardened.evaluate(on: images).accuracy)
  }
  let onSame = clean(test.prefix(few.count))
  examTable(page, [onSame] + rows, epsilon)
  let onAll = clean(test)
  page.record("cleanPlain", onAll.plain)
  page.record("cleanHardened", onAll.hardened)
  guard let pgd = rows.last else { return }
  page.reveal(
    guess, outcome: pgd.hardened.value,
    lab.plain.architecture == hardened.architecture
      ? "The layers are the plain model's; what it trained on has changed, and "
        + "with it dropout, learning rate and the number of epochs."
      : "It is the tutorial's network, trained on attacked images from new "
        + "weights.")
  sayWhatItShows(page, pgd, onAll)
}

/// Clean images first, then every attack, all on the same images.
private func examTable(_ page: Page, _ rows: [ExamRow], _ epsilon: Epsilon) {
  func point(_ accuracy: Proportion, _ epsilon: Epsilon) -> RobustnessPoint {
    RobustnessPoint(epsilon: epsilon, accuracy: accuracy)
  }
  page.table(
    "Accuracy on the first \(rows[0].plain.total.grouped) test images",
    columns: [
      "attack at ε = \(epsilon.pixels)", "plain model", "hardened model",
    ],
    rows: rows.map {
      [$0.attack, $0.plain.withInterval, $0.hardened.withInterval]
    },
    [
      "cleanOnExamImages": [
        "plain": point(rows[0].plain, .pixels(0)),
        "hardened": point(rows[0].hardened, .pixels(0)),
      ],
      "examPlain": rows.dropFirst().map { point($0.plain, epsilon) },
      "examHardened": rows.dropFirst().map { point($0.hardened, epsilon) },
    ])
}

/// What the exam showed, whichever way it came out.
private func sayWhatItShows(_ page: Page, _ pgd: ExamRow, _ onAll: ExamRow) {
  let gain = pgd.hardened.lead95(over: pgd.plain)
  page.say(
    """
    On all \(onAll.plain.total.grouped) clean test images the hardened model
    reads \(onAll.hardened.value.percent()), the plain one
    \(onAll.plain.value.percent()). Under \(pgd.attack)
    \(gain.lowerBound > 0
      ? "it keeps \(pgd.hardened.value.percent(1)) where the plain one keeps "
        + "\(pgd.plain.value.percent(1)), with an attack that it never trained "
        + "on. Many a report would stop here."
      : "the hardening has bought nothing that these images could show.")
    """)
}
