import Lesson
import Shared

/// FGSM and its control on many images, at several ε.
func howAccuracyFalls(
  _ page: Page, _ model: Sequential, _ test: Batch,
  _ exercise: Exercise<Sequential.CurvesMeasurement>
) -> (fgsm: [RobustnessPoint], randomSigns: [RobustnessPoint]) {
  page.say(
    """
    One digit proves nothing. So: all \(test.count.grouped) test images, seven
    values of $ε$, and a **control**. Random signs move every pixel by $+ε$ or
    $−ε$ as a coin decides. They change the image no less than FGSM does; the only
    thing they lack is the gradient.
    """)
  let guesses = guessCurve(page)
  let epsilons = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map(Epsilon.pixels)
  let measure = page.exercise(exercise)
  let seed = page.options.seed
  // FGSM goes forward and back and is then judged; random signs are judged.
  let passes = epsilons.count * test.count * (3 + 1 + 1)
  let curves = page.progress("Attacking", passes: passes) {
    page.show {
      measure(
        model, test, epsilons,
        [
          { epsilon in FGSM(epsilon: epsilon) },
          { epsilon in RandomSigns(epsilon: epsilon, seed: seed) },
        ])
    }
  }
  let (fgsm, randomSigns) = (curves[0], curves[1])
  curveTable(page, fgsm, randomSigns)
  page.reveal(
    guesses.fgsm, outcome: fgsm[2].accuracy.value,
    "Every answer lost here is lost to a change of a tenth of the way from "
      + "black to white.")
  page.reveal(
    guesses.randomSigns, outcome: randomSigns[2].accuracy.value,
    compare(fgsm[2], randomSigns[2]))
  reportConfidence(page, model, test.prefix(page.full(1000, quick: 500)))
  page.say(
    """
    Two yardsticks. Guessing blindly scores about 10 %, and always saying "1"
    scores 11.35 % on MNIST, so a curve must fall *below* that before it may be
    called worse than chance. And the intervals cover the choice of images, not
    the luck of one training: with another seed the numbers at large $ε$ can
    differ by many points. The README gives the range over several seeds.
    """)
  return (fgsm, randomSigns)
}

/// Asks for both accuracies at ε = 0.1 before they are measured.
private func guessCurve(_ page: Page)
  -> (fgsm: PendingGuess, randomSigns: PendingGuess)
{
  func ask(_ name: String, _ what: String) -> PendingGuess {
    page.guess(
      "\(name) at 0.1",
      "At $ε = 0.1$, how many per cent of the test images "
        + "does the network still read under \(what)?", .percent)
  }
  return (
    ask("FGSM", "FGSM"), ask("random signs", "random signs")
  )
}

/// Both curves as numbers.
private func curveTable(
  _ page: Page, _ fgsm: [RobustnessPoint], _ randomSigns: [RobustnessPoint]
) {
  let images = fgsm.first?.accuracy.total ?? 0
  page.table(
    "Accuracy on \(images.grouped) test images, with 95 % intervals",
    columns: ["ε pixels", "of 255", "normalized", "FGSM", "random signs"],
    rows: zip(fgsm, randomSigns).map { fgsm, random in
      [
        fgsm.epsilon.pixels.decimals(2), fgsm.epsilon.levels.decimals(1),
        fgsm.epsilon.normalized.decimals(3), fgsm.accuracy.withInterval,
        random.accuracy.withInterval,
      ]
    }, ["fgsm": fgsm, "randomSigns": randomSigns])
}

/// Puts the central comparison into words, whichever way it came out.
private func compare(_ fgsm: RobustnessPoint, _ random: RobustnessPoint)
  -> String
{
  let fgsmErrors = 1 - fgsm.accuracy.value
  let randomErrors = max(
    1 - random.accuracy.value, 1 / Double(random.accuracy.total))
  let ratio = fgsmErrors / randomErrors
  return """
    At $ε = \(fgsm.epsilon.pixels.decimals(2))$ random signs leave
    \(random.accuracy.value.percent()) and FGSM leaves \(fgsm.accuracy.value.percent()):
    no more change than the noise, but \(ratio.decimals(1)) times as many
    errors. \(ratio > 2
      ? "The network shrugs off noise. It is the *direction* that hurts, and "
        + "the network's own gradient gives it away."
      : "On this model the direction makes little difference.")
    """
}

/// How sure the model is of its answers, clean mistakes and fooled ones.
private func reportConfidence(_ page: Page, _ model: Sequential, _ some: Batch)
{
  let attacked = FGSM(epsilon: .pixels(0.2)).perturb(
    some.images, labels: some.labels, against: model)
  let fooled = model.evaluate(on: attacked, labels: some.labels)
  let sure = fooled.mistakes.count { fooled.confidences[$0] > 0.9 }
  guard !fooled.mistakes.isEmpty else { return }
  let share = Double(sure) / Double(fooled.mistakes.count)
  page.record("confidentMistakeShare", share)
  page.say(
    """
    Would the model notice? Of its \(fooled.mistakes.count) mistakes on the
    first \(some.count.grouped) images at $ε = 0.2$, \(share.percent(0)) are made
    with more than 90 % confidence. An alarm for unsure answers would miss
    those.
    """)
}
