import Lesson
import Shared

/// Chapter 5's own results, or the same measurements made here.
func attackResults(_ page: Page, _ trained: TrainedModel, _ mnist: MNIST)
  throws -> AttackResults
{
  let saved = try AttackResults.load(
    in: page.workspace, model: trained.checkpoint, flags: page.modelFlags)
  if let saved {
    page.say(
      """
      Chapter 5 measured how this model does under attack. Its results are in
      `\(page.short(page.workspace.url(AttackResults.fileName)))`.
      """)
    return saved
  }
  // Change the list: what is measured and said follows it.
  let epsilons = [0, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  try epsilons.requireRising()
  let test = mnist.test.first(page.full(1000, quick: 100))
  page.say(
    """
    There are no results of chapter 5 for this model yet, so this run measures
    on the first \(test.count == 1000 ? "thousand" : test.count.grouped) test
    images what chapter 5 would have on
    \(page.isQuick ? "more" : "all") of them.
    """)
  let model = trained.model
  let seed = page.options.seed
  // FGSM goes forward and back and is then judged; random signs are judged.
  let passes = epsilons.count * test.count * (3 + 1 + 1)
  return page.progress("Attacking", passes: passes) {
    page.show {
      AttackResults(
        fgsm: model.curve(
          under: { FGSM(epsilon: $0) }, on: test, epsilons: epsilons),
        randomSigns: model.curve(
          under: { RandomSigns(epsilon: $0, seed: seed) }, on: test,
          epsilons: epsilons),
        pgd: [], worstCase: [])
    }
  }
}

/// Clean accuracy beside what each attack leaves of it.
func gapTable(
  _ page: Page, _ results: AttackResults, clean: Proportion, _ mnist: MNIST
) {
  let attacked = results.fgsm.filter { $0.epsilon.pixels > 0 }
  guard let lowest = attacked.map(\.accuracy.value).min() else { return }
  func title(_ name: String, _ points: [RobustnessPoint]) -> String {
    points.first.map { "\(name) (\($0.accuracy.total.grouped))" } ?? name
  }
  func cell(_ points: [RobustnessPoint], _ epsilon: Epsilon) -> String {
    points.at(epsilon)?.accuracy.value.percent() ?? "–"
  }
  page.table(
    "Clean accuracy \(clean.value.percent()), and what attacks leave of it",
    columns: [
      "ε pixels", "random signs", "FGSM", "gap", title("PGD", results.pgd),
      title("worst case", results.worstCase),
    ],
    rows: attacked.map { point in
      let gap = (clean.value - point.accuracy.value) * 100
      return [
        point.epsilon.pixels.decimals(2),
        cell(results.randomSigns, point.epsilon),
        point.accuracy.value.percent(), gap.decimals(1) + " points",
        cell(results.pgd, point.epsilon),
        cell(results.worstCase, point.epsilon),
      ]
    }, ["gap": results])
  let fewer = [("PGD", results.pgd), ("the worst case", results.worstCase)]
    .compactMap { name, points in
      points.first.map {
        ", \(name) on the first \($0.accuracy.total.grouped)"
      }
    }.joined()
  let made = "\(mnist.isShipped ? "digits" : "images") that somebody made"
  page.say(
    """
    Random signs and FGSM were measured on
    \(clean.total.grouped) test images\(fewer). Clean accuracy answers
    "how good is it on
    \(mnist.isShipped ? "digits people write" : "images as they come")?". It
    does not answer "how good is it on \(made) in order to fool
    it?"\(clean.value - lowest > 0.05
      ? ", and the gap shows that the second answer cannot be guessed from the "
        + "first." : ".")
    """)
}
