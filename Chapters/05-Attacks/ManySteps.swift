import Shared

/// PGD beside FGSM, put together from the pieces of exercise 6.
func manySmallSteps(
  _ page: Page, _ model: Sequential, _ few: Batch, fgsm: [RobustnessRow]
) throws -> [RobustnessRow] {
  let steps = page.full(40, quick: 10)
  let stepSize = page.full(Float(0.01), quick: 0.03)
  page.say(
    """
    FGSM trusts one slope for the whole way. *Projected gradient descent* (PGD;
    Madry et al. 2018, arXiv:1706.06083) makes many small steps, asks for the
    slope again after each, and returns to the box whenever a step leaves it. It
    costs as many backward passes as it has steps, so we attack the first \(few.count.grouped) test images with
    \(steps) steps of \(stepSize) pixels from a random start.
    """)
  let pgdEpsilons: [Float] = [0.05, 0.1, 0.2, 0.3]
  let guess = try page.guess(
    "PGD at 0.2",
    "At $ε = 0.2$ FGSM leaves \(fgsm[4].accuracy.percent(0)). How "
      + "many per cent does PGD leave?", .percent)
  let project: StepwisePGD.Projection = page.exercise(
    "6a", own: projectedPixel, library: StepwisePGD.projection)
  let climb: StepwisePGD.Ascent = page.exercise(
    "6b", own: ascend, library: StepwisePGD.climbing(with: project))
  let start: StepwisePGD.Start = page.exercise(
    "6c", own: randomStart, library: StepwisePGD.drawing(with: project))
  let pgd = page.progress("PGD", total: pgdEpsilons.count) { bar in
    page.show {
      var pgd: [RobustnessRow] = []
      for epsilon in pgdEpsilons.map(Epsilon.pixels) {
        let attack = StepwisePGD(
          epsilon: epsilon, stepSize: .pixels(stepSize), steps: steps,
          seed: page.options.seed, start: start, ascend: climb)
        pgd.append(model.accuracy(under: attack, on: few))
        bar.update(pgd.count)
      }
      return pgd
    }
  }
  page.record("pgd", pgd)
  let fgsmOnFew = pgdEpsilons.map { epsilon in
    model.accuracy(under: FGSM(epsilon: .pixels(epsilon)), on: few)
  }
  page.record("fgsmOnPGDImages", fgsmOnFew)
  pgdTable(page, fgsmOnFew, pgd, steps: steps)
  try page.reveal(
    guess, outcome: pgd[2].accuracy,
    "The same box, the same network: only the attacker has become patient.")
  page.say(
    """
    The larger $ε$, the less the network is linear over that distance, and the
    more of what FGSM leaves standing PGD knocks over.

    **Key point:** the lesson is larger than these two. An attack gives only an *upper bound* on robustness. Whoever
    reports "accuracy under FGSM" as "robustness" reports how weak the attack
    was.
    """)
  return pgd
}

/// One step beside many, on the same images.
private func pgdTable(
  _ page: Page, _ fgsm: [RobustnessRow], _ pgd: [RobustnessRow], steps: Int
) {
  let images = pgd.first?.images ?? 0
  page.table(
    "Accuracy on the first \(images.grouped) test images",
    columns: ["ε pixels", "FGSM", "PGD-\(steps)"],
    rows: zip(fgsm, pgd).map {
      [
        $0.epsilon.decimals(2), $0.proportion.withInterval,
        $1.proportion.withInterval,
      ]
    })
}
