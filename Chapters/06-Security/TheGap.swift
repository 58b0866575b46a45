import Lesson
import Shared

/// Chapter 5's own results, or the same measurements made here.
func attackResults(_ page: Page, _ trained: TrainedModel, _ mnist: MNIST)
  throws -> AttackResults
{
  let saved = try AttackResults.load(
    in: page.workspace, model: trained.checkpoint, data: mnist.sha256,
    flags: page.modelFlags)
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

/// One attack, and what it leaves of the images that it was given.
private struct GapRow: Encodable, Sendable {
  var attack: String
  /// On the same images, without an attack.
  var clean: Proportion
  var points: [RobustnessPoint]

  func cell(_ epsilon: Epsilon) -> String {
    points.at(epsilon)?.accuracy.value.percent(1) ?? "–"
  }
}

/// Clean accuracy beside what each attack leaves of the same images.
func gapTable(
  _ page: Page, _ results: AttackResults, _ model: Sequential, _ mnist: MNIST
) {
  let attacks = [
    ("random signs", results.randomSigns), ("FGSM", results.fgsm),
    ("PGD", results.pgd), ("worst case", results.worstCase),
  ]
  let rows = attacks.compactMap { name, points in
    points.first.map { point in
      GapRow(
        attack: name,
        clean: model.evaluate(
          on: mnist.test.prefix(point.accuracy.total)
        ).accuracy, points: points)
    }
  }
  let epsilons = [0.1, 0.2, 0.3].map(Epsilon.pixels)
  page.table(
    "Accuracy, each row on the same first test images", "gap", rows,
    [
      Column("attack") { $0.attack },
      Column("images") { $0.clean.total.grouped },
      Column("clean") { $0.clean.value.percent(1) },
    ]
      + epsilons.map { epsilon in
        Column("ε = \(epsilon.pixels)") { $0.cell(epsilon) }
      })
  guard let last = rows.last,
    let left = last.points.at(.pixels(0.1))?.accuracy
  else { return }
  let made = "\(mnist.isShipped ? "digits" : "images") that somebody made"
  page.say(
    """
    Read along a row: there the images are the same. Clean accuracy answers "how
    good is it on
    \(mnist.isShipped ? "digits people write" : "images as they come")?". It
    does not answer "how good is it on \(made) in order to fool it?".
    \(left.lead95(over: last.clean).upperBound < 0
      ? "Of the first \(left.total.grouped) images it reads "
        + "\(last.clean.successes), and \(left.successes) withstand the last row's "
        + "attack at $ε = 0.1$: nobody could guess the second number from the "
        + "first."
      : "")

    This chapter runs the known families of defence on this network and attacks
    each as somebody would who knows of it. Attacks are counted on the first test
    images, as many as stated; $ε$ is in pixels, black 0 and white 1.
    """)
}
