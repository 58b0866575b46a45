import Lesson
import Shared

/// One network under PGD and under several attacks, image by image.
private struct Verdict {
  var name: String
  var pgd: [Bool]
  var run: WorstCaseRun

  var underPGD: Proportion { Proportion(pgd.count { $0 }, of: pgd.count) }
}

/// Stronger attacks on the hardened model, and on one trained more patiently.
///
/// - Throws: A `TutorialError` if the live model is missing and cannot be
///   trained.
func isThatTrue(_ page: Page, _ lab: Lab, _ mnist: MNIST) throws {
  let epsilon = Epsilon.pixels(0.3)
  let few = lab.few
  let set = lab.worstCase(epsilon)
  let steps = page.full(40, quick: 10)
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(page.full(0.01, quick: 0.04)),
    steps: steps, seed: page.options.seed)
  page.say(
    """
    PGD climbs the cross-entropy with steps of one size, and a network that was
    trained against gradients may be hard to climb. Chapter 5's set does not
    depend on one way: \(set.members.map(\.name).joined(separator: "; ")). An
    image counts as safe if all of them fail. They attack the one-step model of
    the last part and a second one that ships: the same network, trained with
    *four* steps of PGD for every batch
    (`swift run 06-Security --retrain four-steps` makes it anew), both on the
    first \(few.count.grouped) test images at $ε = \(epsilon.pixels)$.
    """)
  let guess = page.guess(
    "the one-step model",
    "PGD-\(steps) left most of the one-step model's images standing. How many "
      + "per cent do all attacks together leave?", .percent)
  var networks = [("one-step", try lab.needHardened())]
  if let fourSteps = lab.defenses["four-steps"] {
    networks.append(("four-steps", fourSteps))
  }
  let verdicts = page.progress(
    "Stronger attacks",
    passes: networks.count * few.count * (3 * steps + set.passesAtMost)
  ) {
    networks.map { name, network in
      Verdict(
        name: name,
        pgd: AttackRun(pgd, on: few, against: network).isMet.map { !$0 },
        run: WorstCaseRun(set, on: few, against: network))
    }
  }
  for verdict in verdicts { lab.worstCases[verdict.name] = verdict.run }
  turnTable(page, verdicts, steps: steps)
  page.reveal(
    guess, outcome: verdicts[0].run.accuracy.value,
    "An attack that fails proves nothing; one that works proves something.")
  sayTheVerdict(page, verdicts, steps: steps)
  if verdicts.count > 1 { compare(page, verdicts[0], verdicts[1]) }
}

/// What each attack in turn has left.
private func turnTable(_ page: Page, _ verdicts: [Verdict], steps: Int) {
  var rows = [["clean and PGD-\(steps)"] + verdicts.map { $0.underPGD.inShort }]
  for (number, turn) in (verdicts.first?.run.turns ?? []).enumerated() {
    rows.append(
      [turn.name]
        + verdicts.map {
          let turn = $0.run.turns[number]
          return "\(turn.attacked) − \(turn.fallen)"
        })
  }
  rows.append(["all together"] + verdicts.map { $0.run.accuracy.inShort })
  page.table(
    "Images that stand, in per cent, and what each attack takes of those left",
    columns: ["attack"] + verdicts.map { $0.name }, rows: rows,
    [
      "truth": verdicts.map { verdict in
        [verdict.underPGD, verdict.run.accuracy].map {
          RobustnessPoint(epsilon: .pixels(0.3), accuracy: $0)
        }
      },
      "truthTurns": verdicts.map { verdict in
        verdict.run.turns.map {
          ["attacked": $0.attacked, "fallen": $0.fallen]
        }
      },
    ])
}

private func sayTheVerdict(_ page: Page, _ verdicts: [Verdict], steps: Int) {
  let one = verdicts[0]
  let taken = zip(one.pgd, one.run.stands).count { $0 && !$1 }
  let square = one.run.turns.last?.fallen ?? 0
  page.say(
    """
    Of the \(one.underPGD.successes) images that the one-step model keeps under
    PGD-\(steps), the set takes \(taken) more\(taken > 0
      ? ": the praise of the last part was PGD's weakness, not the model's "
        + "strength." : ".")
    Square, which asks for no gradient, \(square == 0
      ? "finds nothing that the gradient attacks had left. That speaks against "
        + "*gradient masking*: where a gradient leads nowhere, an attack that "
        + "does not use it does better."
      : "finds \(square) that the gradient attacks had left: a sign of "
        + "*gradient masking*, a slope that leads nowhere.")
    A distance between FGSM and PGD is no such sign: the plain model has the
    largest of all, because one step is simply less than many. Signs are these:
    an attack without gradients beats one with them, more steps help nothing, a
    larger $ε$ does not turn everything, random points do better than chosen ones.
    """)
}

/// Both models, image by image.
private func compare(_ page: Page, _ one: Verdict, _ four: Verdict) {
  let paired = PairedProportions(four.run.stands, one.run.stands)
  let interval = paired.lead95
  func points(_ value: Double) -> String { (value * 100).decimals(0) }
  page.record("fourStepsLead", paired.lead)
  page.say(
    """
    Image by image, \(paired.onlyFirst) withstand everything in the four-step
    model only, \(paired.onlySecond) in the one-step model only: a lead of
    \(points(paired.lead)) points (95 % interval \(points(interval.lowerBound))
    to \(points(interval.upperBound)), as the images are the same).
    \(interval.lowerBound > 0
      ? "Against one step a network can learn tricks; four leave it less room. "
        + "They cost five gradients a batch where one step costs two."
      : "More images would be needed to tell the two apart.")

    **Key point:** a defence is worth what the strongest attack leaves of it,
    and the attack that it was trained on is not that one.
    """)
}

extension Proportion {
  /// The share and its interval in as few letters as a table allows.
  var inShort: String {
    "\((value * 100).decimals(0)) "
      + "(\((interval95.lowerBound * 100).decimals(0))–"
      + "\((interval95.upperBound * 100).decimals(0)))"
  }
}
