import Lesson
import Shared

/// One network under PGD and under several attacks, image by image.
private struct Verdict {
  var name: String
  var pgd: [Bool]
  var run: WorstCaseRun

  /// What PGD and the set leave together.
  var standing: [Bool] { zip(pgd, run.stands).map { $0 && $1 } }
  var underPGD: Proportion { Proportion(pgd.count { $0 }, of: pgd.count) }
  var underAll: Proportion {
    Proportion(standing.count { $0 }, of: standing.count)
  }
}

/// Stronger attacks on the hardened model, and on one trained more patiently.
///
/// - Throws: A `TutorialError` if the live model is missing and cannot be
///   trained.
func isThatTrue(_ page: Page, _ lab: Lab) throws {
  let (few, epsilon) = (lab.few, lab.strongest)
  let set = lab.worstCase(epsilon)
  let steps = page.full(40, quick: 10)
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(page.full(0.01, quick: 0.04)),
    steps: steps, seed: page.options.seed)
  var networks = [("one-step", try lab.needHardened())]
  if let fourSteps = lab.defenses["four-steps"] {
    networks.append(("four-steps", fourSteps))
  }
  introduce(page, lab, set)
  let guess = page.guess(
    "the one-step model",
    "How many per cent of these images does the one-step model keep under PGD "
      + "and the set together?", .percent)
  let verdicts = page.progress(
    "Stronger attacks",
    passes: networks.count * few.count * (3 * steps + set.passesAtMost * 4 / 5)
  ) {
    networks.map { name, network in
      Verdict(
        name: name,
        pgd: AttackRun(pgd, on: few, against: network).isMet.map { !$0 },
        run: WorstCaseRun(set, on: few, against: network))
    }
  }
  for verdict in verdicts {
    lab.standingAfterAll[verdict.name] = verdict.standing
  }
  turnTable(page, verdicts, epsilon, steps: steps)
  page.reveal(
    guess, outcome: verdicts[0].underAll.value,
    "An attack that fails proves nothing; one that works proves something.")
  sayTheVerdict(page, verdicts[0], steps: steps)
  if verdicts.count > 1 { compare(page, verdicts[0], verdicts[1]) }
}

private func introduce(_ page: Page, _ lab: Lab, _ set: WorstCase) {
  let names = set.members.map { $0.name }.joined(separator: "; ")
  page.say(
    """
    PGD climbs the cross-entropy with steps of one size, and a network that was
    trained against gradients may be hard to climb. Several attacks do not
    depend on one way: \(names)\(
      page.full(
        " with 1,000 queries (chapter 5's set without FAB, which takes longest)",
        quick: "", long: "")). An image counts as safe if this whole set fails. They attack the one-step
    model\(lab.defenses["four-steps"] == nil ? "" : " and a second one") on the
    first \(lab.few.count) test images at
    $ε = \(lab.strongest.pixels)$.\(whatTheSecondIs(lab))
    """)
}

/// How the model that was trained more patiently differs, if there is one.
private func whatTheSecondIs(_ lab: Lab) -> String {
  guard
    case .adversarial(let recipe)? = lab.defenses.models["four-steps"]?
      .recipe.training
  else { return "" }
  let live = liveRecipe(lab.page)
  return """
     The second has the same layers; it was trained with
    *\(inWords(recipe.attackSteps))* steps of PGD for every batch,
    \(inWords(recipe.epochs)) epochs instead of \(inWords(live.epochs)), and
    with ε up to \(recipe.epsilon.pixels)
    (`swift run 06-Security --retrain four-steps` makes it anew).
    """
}

/// What each attack in turn has left.
private func turnTable(
  _ page: Page, _ verdicts: [Verdict], _ epsilon: Epsilon, steps: Int
) {
  var rows = [["PGD-\(steps), left"] + verdicts.map { $0.underPGD.inShort }]
  for (number, turn) in (verdicts.first?.run.turns ?? []).enumerated() {
    rows.append(
      [turn.name]
        + verdicts.map {
          let turn = $0.run.turns[number]
          return "\(turn.fallen) of \(turn.attacked)"
        })
  }
  rows.append(["all together, left"] + verdicts.map { $0.underAll.inShort })
  page.table(
    "What PGD leaves, in per cent; what each attack of the set turns; what is left",
    columns: ["attack"] + verdicts.map { $0.name }, rows: rows,
    [
      "truth": verdicts.map { verdict in
        [verdict.underPGD, verdict.underAll].map {
          RobustnessPoint(epsilon: epsilon, accuracy: $0)
        }
      },
      "truthTurns": verdicts.map { verdict in
        verdict.run.turns.map {
          ["attacked": $0.attacked, "fallen": $0.fallen]
        }
      },
    ])
}

private func sayTheVerdict(_ page: Page, _ one: Verdict, steps: Int) {
  let taken = one.underPGD.successes - one.underAll.successes
  let square = one.run.turns.last?.fallen ?? 0
  page.say(
    """
    Of the \(one.underPGD.successes) images that the one-step model keeps under
    PGD-\(steps), the set takes \(taken)\(taken > 0
      ? ": so many of them owed their place to PGD's weakness, not to the "
        + "model's strength." : ".")
    Square, which asks for no gradient, \(square == 0
      ? "finds nothing that the gradient attacks had left. That speaks against "
        + "*gradient masking*: where a gradient leads nowhere, an attack that "
        + "does not use it does better."
      : "finds \(square) that the gradient attacks had left: a sign of "
        + "*gradient masking*, a slope that leads nowhere.")
    A distance between FGSM and PGD is no such sign: the plain model has one, too
    (chapter 5), because one step is less than many. Signs are these: an attack without
    gradients beats one with them, more steps help nothing, a larger $ε$ does not
    turn everything, random points do better than chosen ones.
    """)
}

/// Both models, image by image.
private func compare(_ page: Page, _ one: Verdict, _ four: Verdict) {
  let paired = PairedProportions(four.standing, one.standing)
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
      ? "What of that is due to four steps, and what to more epochs and a wider "
        + "box, this comparison does not tell; the scoreboard says what each "
        + "training costs."
      : "More images would be needed to tell the two apart.")

    **Key point:** a defence is worth what the strongest attack leaves of it,
    and the attack that it was trained on is not that one.
    """)
}
