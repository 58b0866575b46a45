import Lesson
import Shared

/// The same attacks on the plain and on the hardened model.
func exam(
  _ page: Page, plain: Sequential, hardened: Sequential, test: ImageSet
) {
  let few = test.first(page.full(1000, quick: 100))
  let steps = page.full(40, quick: 10)
  let stepSize = page.full(Float(0.01), quick: 0.04)
  page.say(
    """
    Both models face the same attacks at $ε = 0.3$ pixels, on the first
    \(few.count.grouped) test images: random signs, FGSM, and PGD with \(steps)
    steps of \(stepSize). The hardened model was trained against one-step
    attacks. If it merely learned to spoil *those*, by bending its gradient,
    FGSM will look good and PGD will not: so watch the distance between the two.
    """)
  let guess = page.guess(
    "the hardened model",
    "How many per cent does the hardened model still "
      + "read under PGD at $ε = 0.3$?", .percent)
  let seed = page.options.seed
  let epsilon = Epsilon.pixels(0.3)
  // Forward only; forward, back and forward; the same with many steps.
  let passes = 2 * few.count * (1 + (3 + 1) + (3 * steps + 1))
  let rows = page.progress("Exam", passes: passes) {
    page.show {
      let attacks: [any Attack] = [
        RandomSigns(epsilon: epsilon, seed: seed),
        FGSM(epsilon: epsilon),
        PGD(
          epsilon: epsilon, stepSize: .pixels(stepSize), steps: steps,
          seed: seed),
      ]
      return attacks.map { attack in
        [plain, hardened].map { $0.accuracy(under: attack, on: few) }
      }
    }
  }
  func points(_ accuracies: [Proportion]) -> [RobustnessPoint] {
    accuracies.map { RobustnessPoint(epsilon: epsilon, accuracy: $0) }
  }
  let clean = [plain, hardened].map { $0.evaluate(on: test) }
  page.table(
    "Accuracy: clean on \(test.count.grouped), attacked on "
      + "\(few.count.grouped) test images",
    columns: ["attack at ε = 0.3", "plain model", "hardened model"],
    rows: [["none"] + clean.map(\.accuracy.withInterval)]
      + zip(["random signs", "FGSM", "PGD-\(steps)"], rows).map { name, row in
        [name] + row.map(\.withInterval)
      },
    [
      "cleanPlain": clean[0].accuracy, "cleanHardened": clean[1].accuracy,
      "examPlain": points(rows.map { $0[0] }),
      "examHardened": points(rows.map { $0[1] }),
    ])
  page.reveal(
    guess, outcome: rows[2][1].value,
    "The architecture is the plain model's; what it trained on is all that "
      + "has changed.")
  page.say(verdict(clean.map(\.accuracy.value), fgsm: rows[1], pgd: rows[2]))
}

/// What the exam showed, whichever way it came out.
private func verdict(
  _ clean: [Double], fgsm: [Proportion], pgd: [Proportion]
) -> String {
  let gap = fgsm[1].value - pgd[1].value
  return """
    The hardened model keeps \(clean[1].percent()) on clean images, against
    \(clean[0].percent()). Under PGD it keeps \(pgd[1].value.percent(1)),
    where the plain one keeps \(pgd[0].value.percent(1)).
    \(gap > 0.3
      ? "But FGSM and PGD are \((gap * 100).decimals(0)) points apart, a sign "
        + "of *gradient masking*: the model has learned to spoil one-step "
        + "attacks more than to resist."
      : "What speaks for it is this number itself, under an attack that it "
        + "never trained on. A gradient-free attack would be the next test.")

    **Careful:** is that the truth about the hardened model? It is an upper
    bound. Stronger
    attacks exist: of the model Wong, Rice and Kolter published, their own PGD
    left 88.77 % on MNIST at this $ε$, and AutoAttack (Croce and Hein 2020,
    arXiv:2003.01690) left 82.93 %.
    """
}
