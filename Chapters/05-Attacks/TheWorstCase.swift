import Lesson
import Shared

/// The standard set of attacks: an image is safe only if all fail.
///
/// - Parameters:
///   - page: Where to say it.
///   - model: The model under attack.
///   - fewest: The images, with their labels.
///   - epsilons: Where to measure.
///   - pgd: The attack to compare with, on the same images.
/// - Returns: What the set leaves at each ε, and its run at the smallest.
/// - Throws: A `TutorialError` if the list of ε is empty or does not rise.
func theWorstCase(
  _ page: Page, _ model: Sequential, _ fewest: Batch, epsilons: [Epsilon],
  pgd: (Epsilon) -> PGD
) throws -> (
  points: [RobustnessPoint], first: (attack: WorstCase, run: WorstCaseRun)
) {
  try epsilons.requireRising()
  let steps = page.full(100, quick: 10)
  let queries = page.full(5000, quick: 100)
  let seed = page.options.seed
  introduceTheSet(page, model, fewest, steps: steps, queries: queries)
  let stepsOfPGD = pgd(epsilons[0]).steps
  let name = "PGD-\(stepsOfPGD)"
  let patient = page.progress(
    name, passes: epsilons.count * fewest.count * (3 * stepsOfPGD + 1)
  ) {
    epsilons.map { AttackRun(pgd($0), on: fewest, against: model) }
  }
  let sets = epsilons.map {
    WorstCase.standard(
      epsilon: $0, seed: seed, steps: steps, queries: queries)
  }
  // About as many will stand as under PGD; those that fall cost little.
  let passes = zip(sets, patient).reduce(0) { sum, pair in
    sum + pair.1.accuracy.successes * pair.0.passesAtMost
      + fewest.count * 3 * steps
  }
  let runs = page.progress("Worst case", passes: passes) {
    sets.map { WorstCaseRun($0, on: fewest, against: model) }
  }
  turnTable(page, runs[0], at: epsilons[0])
  let points = zip(epsilons, runs).map {
    RobustnessPoint(epsilon: $0, accuracy: $1.accuracy)
  }
  page.record("worstCase", points)
  page.say(
    """
    Of the first \(fewest.count) images **\(runs[0].accuracy.inPerCent) %**
    stand. \(pairedInWords(patient[0], runs[0], name, at: epsilons[0])) How much
    a set adds depends on the network: of over 50 published models its authors
    found all but one less robust than published. Chapter 6 asks again.

    **Key point:** as an estimate of robust accuracy report only what such a set
    leaves, still an upper bound. All else is accuracy *under* an attack.
    """)
  return (points: points, first: (attack: sets[0], run: runs[0]))
}

/// Why several attacks, and which.
private func introduceTheSet(
  _ page: Page, _ model: Sequential, _ fewest: Batch, steps: Int, queries: Int
) {
  let classes = model.logits(of: fewest.images.rows(0..<1)).shape[1]
  let targets = min(classes - 1, 9)
  let which =
    targets == classes - 1
    ? "each wrong class in turn" : "the likeliest wrong classes in turn"
  let rounds = targets == 1 ? "one run" : "\(inWords(targets)) runs"
  page.say(
    """
    An attack can fail for a reason of its own: steps of the wrong size, a loss
    so flat that its slope says little, a gradient that the network hides (it is
    *masked*). So run several different attacks on each image and count it as
    safe only if all fail: the **worst case**. The *standard set* is that of
    AutoAttack (Croce and Hein 2020, arXiv:2003.01690),
    \(page.isQuick
      ? "here with \(steps) steps and \(queries) queries for 100 and 5,000"
      : "with \(steps) steps a run and \(queries.grouped) queries"):

    - **APGD-CE:** PGD that halves its step where the cross-entropy stops rising.
    - **APGD-DLR:** the same, toward \(which) (\(rounds)), on
      another loss, the "difference of logits ratio".
    - **FAB:** seeks the nearest point where two classes score alike (boundary).
    - **Square:** random squares, judged by scores: no gradient to be masked.
    """)
}

/// One attack's turn, as it is told: without its time, which is never the same.
private struct TurnRow: Encodable, Sendable {
  var attack: String
  var attacked, fallen, left: Int

  init(_ turn: WorstCaseRun.Turn) {
    attack = turn.name
    attacked = turn.attacked
    fallen = turn.fallen
    left = turn.attacked - turn.fallen
  }
}

/// Who brought down how many; what is misread from the start is not attacked.
private func turnTable(_ page: Page, _ run: WorstCaseRun, at epsilon: Epsilon) {
  page.table(
    "The set at ε = \(epsilon.pixels), on what the network reads right",
    "worstCaseTurns", run.turns.map(TurnRow.init),
    [
      Column("attack") { $0.attack }, Column("attacked") { "\($0.attacked)" },
      Column("fallen") { "\($0.fallen)" }, Column("left") { "\($0.left)" },
    ])
}

/// PGD and the set, image by image.
private func pairedInWords(
  _ pgd: AttackRun, _ set: WorstCaseRun, _ name: String, at epsilon: Epsilon
) -> String {
  let pairs = zip(pgd.isMet, set.stands)
  let left = pairs.count { isMet, _ in !isMet }
  let taken = pairs.count { isMet, stands in !isMet && !stands }
  let missed = pairs.count { isMet, stands in isMet && stands }
  let first =
    left == 0
    ? "\(name) leaves none of these images at $ε = \(epsilon.pixels)$."
    : """
    Image by image at $ε = \(epsilon.pixels)$: of the \(left) that \(name)
    leaves, the set turns \(taken == 0 ? "none" : "\(taken)").
    """
  return missed == 0
    ? first
    : """
    \(first) Of those that \(name) turns, the set leaves \(missed): the worst
    case of both is lower still.
    """
}
