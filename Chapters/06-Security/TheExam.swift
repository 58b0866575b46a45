import Lesson
import Shared

/// What both models face in the exam.
struct ExamSettings {
  var epsilon = Epsilon.pixels(0.3)
  /// PGD's steps and their size.
  var steps: Int
  var stepSize: Epsilon

  init(isQuick: Bool) {
    steps = isQuick ? 10 : 40
    stepSize = .pixels(isQuick ? 0.04 : 0.01)
  }
}

/// How both models did under one attack.
private struct ExamRow {
  var attack: String
  var plain: Proportion
  var hardened: Proportion
}

/// The same attacks on the plain and on the hardened model.
func exam(
  _ page: Page, _ settings: ExamSettings, plain: Sequential,
  hardened: Sequential, _ mnist: MNIST
) {
  let test = mnist.test
  let few = test.first(page.full(1000, quick: 100))
  let (epsilon, steps) = (settings.epsilon, settings.steps)
  let stepSize = settings.stepSize
  page.say(
    """
    Both models face the same attacks at $ε = \(epsilon.pixels)$ pixels, on the
    first \(few.count.grouped) test images: random signs, FGSM, and PGD with
    \(steps) steps of \(stepSize.pixels). The hardened model was trained against
    one-step attacks. If it merely learned to spoil *those*, by bending its
    gradient, FGSM will look good and PGD will not: so watch the distance
    between the two.
    """)
  let guess = page.guess(
    "the hardened model",
    "How many per cent does the hardened model still "
      + "read under PGD at $ε = \(epsilon.pixels)$?", .percent)
  let seed = page.options.seed
  let (oneStep, manySteps) = ("FGSM", "PGD-\(steps)")
  // Forward only; forward, back and forward; the same with many steps.
  let passes = 2 * few.count * (1 + (3 + 1) + (3 * steps + 1))
  let rows = page.progress("Exam", passes: passes) {
    page.show {
      let attacks: [(name: String, attack: any Attack)] = [
        ("random signs", RandomSigns(epsilon: epsilon, seed: seed)),
        (oneStep, FGSM(epsilon: epsilon)),
        (
          manySteps,
          PGD(epsilon: epsilon, stepSize: stepSize, steps: steps, seed: seed)
        ),
      ]
      return attacks.map { name, attack in
        ExamRow(
          attack: name, plain: plain.accuracy(under: attack, on: few),
          hardened: hardened.accuracy(under: attack, on: few))
      }
    }
  }
  let clean = ExamRow(
    attack: "none", plain: plain.evaluate(on: test).accuracy,
    hardened: hardened.evaluate(on: test).accuracy)
  examTable(page, clean, rows, epsilon, attacked: few.count)
  recordClean(page, few, ["plain": plain, "hardened": hardened])
  guard let fgsm = rows.first(where: { $0.attack == oneStep }),
    let pgd = rows.first(where: { $0.attack == manySteps })
  else { return }
  page.reveal(
    guess, outcome: pgd.hardened.value,
    plain.architecture == hardened.architecture
      ? "The layers are the plain model's; what it trained on has changed, and "
        + "with it dropout, learning rate and the number of epochs."
      : "It is the tutorial's network, trained on attacked images from new "
        + "weights.")
  page.say(verdict(clean, fgsm: fgsm, pgd: pgd))
  page.say(strongerAttacks(mnist, epsilon))
}

/// Keeps clean accuracy on the attacked images too: only that may be compared
/// with what the attacks leave.
private func recordClean(
  _ page: Page, _ few: Batch, _ models: [String: Sequential]
) {
  page.record(
    "cleanOnExamImages",
    models.mapValues { model in
      RobustnessPoint(
        epsilon: .pixels(0),
        accuracy: model.evaluate(on: few.images, labels: few.labels).accuracy)
    })
}

/// Why the exam is not the last word.
private func strongerAttacks(_ mnist: MNIST, _ epsilon: Epsilon) -> String {
  let known =
    mnist.isShipped && epsilon == .pixels(0.3)
    ? """
    : of the model Wong, Rice and Kolter published, their own PGD left 88.77 %
    on MNIST at this $ε$, and AutoAttack (Croce and Hein 2020, arXiv:2003.01690)
    left 82.93 %.
    """
    : ", AutoAttack (Croce and Hein 2020, arXiv:2003.01690) among them."
  return """
    **Careful:** is that the truth about the hardened model? It is an upper
    bound. Stronger attacks exist\(known)
    """
}

/// Clean images first, then every attack.
private func examTable(
  _ page: Page, _ clean: ExamRow, _ rows: [ExamRow], _ epsilon: Epsilon,
  attacked: Int
) {
  func point(_ accuracy: Proportion) -> RobustnessPoint {
    RobustnessPoint(epsilon: epsilon, accuracy: accuracy)
  }
  page.table(
    "Accuracy: clean on \(clean.plain.total.grouped), attacked on "
      + "\(attacked.grouped) test images",
    columns: [
      "attack at ε = \(epsilon.pixels)", "plain model", "hardened model",
    ],
    rows: ([clean] + rows).map {
      [$0.attack, $0.plain.withInterval, $0.hardened.withInterval]
    },
    [
      "cleanPlain": clean.plain, "cleanHardened": clean.hardened,
      "examPlain": rows.map { point($0.plain) },
      "examHardened": rows.map { point($0.hardened) },
    ])
}

/// What the exam showed, whichever way it came out.
private func verdict(_ clean: ExamRow, fgsm: ExamRow, pgd: ExamRow) -> String {
  let gap = fgsm.hardened.value - pgd.hardened.value
  let judgment: String
  if gap > 0.3 {
    judgment =
      "But FGSM and PGD are \((gap * 100).decimals(0)) points apart, so FGSM "
      + "says little here. It may be *gradient masking*, a model that has "
      + "learned to spoil one-step attacks more than to resist; attacks that "
      + "need no gradient would tell."
  } else if pgd.hardened.value > pgd.plain.value {
    judgment =
      "What speaks for it is this number itself, under an attack that it never "
      + "trained on. A gradient-free attack would be the next test."
  } else {
    judgment = "Under this attack the hardening has bought nothing."
  }
  return """
    The hardened model keeps \(clean.hardened.value.percent()) on clean images,
    against \(clean.plain.value.percent()). Under PGD it keeps
    \(pgd.hardened.value.percent(1)), where the plain one keeps
    \(pgd.plain.value.percent(1)). \(judgment)
    """
}
