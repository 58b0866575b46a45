import Lesson
import Shared

/// FGSM and its control on many images, at several ε.
func howAccuracyFalls(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ test: Batch,
  _ exercise: Exercise<Sequential.CurvesMeasurement>
) throws -> (fgsm: [RobustnessPoint], randomSigns: [RobustnessPoint]) {
  // Change the list: what is measured, asked and said follows it.
  let epsilons = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map(Epsilon.pixels)
  try epsilons.requireRising()
  let values =
    epsilons.count == 1
    ? "one value"
    : "\(epsilons.count == 7 ? "seven" : "\(epsilons.count)") values"
  page.say(
    """
    One \(mnist.isShipped ? "digit" : "image") proves nothing. So: all
    \(test.count.grouped) test images, \(values) of $ε$, and a **control**.
    Random signs move every pixel by $+ε$ or $−ε$ as a coin decides, and are cut
    off at black and white as FGSM is. They may move each pixel as far; what
    they lack is the gradient.
    """)
  let asked = epsilons.nearest(to: 0.1)
  let guesses = asked.map { guessCurve(page, at: $0) }
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
  curveTable(page, fgsm, randomSigns, mnist)
  if let asked, let guesses, let attacked = fgsm.at(asked),
    let control = randomSigns.at(asked)
  {
    let tenth = asked == .pixels(0.1)
    page.reveal(
      guesses.fgsm, outcome: attacked.accuracy.value,
      "Every answer lost here is lost to a change of "
        + (tenth ? "a tenth" : "\(percent(asked.pixels))")
        + " of the way from black to white.")
    page.reveal(
      guesses.randomSigns, outcome: control.accuracy.value,
      compare(attacked, control))
  }
  reportConfidence(page, model, test.prefix(page.full(1000, quick: 500)))
  page.say(yardsticks(mnist))
  return (fgsm, randomSigns)
}

/// Asks for both accuracies at one ε before they are measured.
private func guessCurve(_ page: Page, at epsilon: Epsilon)
  -> (fgsm: PendingGuess, randomSigns: PendingGuess)
{
  func ask(_ name: String) -> PendingGuess {
    page.guess(
      "\(name) at \(epsilon.pixels)",
      "At $ε = \(epsilon.pixels)$, how many per cent of the test images "
        + "does the network still read under \(name)?", .percent)
  }
  return (ask("FGSM"), ask("random signs"))
}

/// What an accuracy must be compared with before it is called bad.
private func yardsticks(_ mnist: MNIST) -> String {
  let classes = mnist.classNames.count
  let blind = (1 / Double(classes)).percent(classes > 50 ? 1 : 0)
  var images = Array(repeating: 0, count: classes)
  for label in mnist.test.labels { images[Int(label)] += 1 }
  let commonest = images.indices.max { images[$0] < images[$1] } ?? 0
  let share = Double(images[commonest]) / Double(mnist.test.count)
  return """
    Two yardsticks. Guessing blindly scores about \(blind), and always saying
    "\(mnist.classNames[commonest])" scores
    \(share.percent()) \(mnist.isShipped ? "on MNIST" : "here"), so a curve
    must fall *below* that before it may be called worse than chance. And the
    intervals cover the choice of images, not the luck of one training: with
    another seed the numbers at large $ε$ can differ by many points.
    \(mnist.isShipped ? "The README gives the range over several seeds." : "")
    """
}

/// Both curves as numbers.
private func curveTable(
  _ page: Page, _ fgsm: [RobustnessPoint], _ randomSigns: [RobustnessPoint],
  _ mnist: MNIST
) {
  let deviation = mnist.normalize.standardDeviation
  let images = fgsm.first?.accuracy.total ?? 0
  page.table(
    "Accuracy on \(images.grouped) test images, with 95 % intervals",
    columns: ["ε pixels", "of 255", "normalized", "FGSM", "random signs"],
    rows: zip(fgsm, randomSigns).map { fgsm, random in
      [
        fgsm.epsilon.pixels.decimals(2), fgsm.epsilon.levels.decimals(1),
        fgsm.epsilon.normalized(standardDeviation: deviation).decimals(3),
        fgsm.accuracy.withInterval, random.accuracy.withInterval,
      ]
    }, ["fgsm": fgsm, "randomSigns": randomSigns])
}

/// Puts the central comparison into words, whichever way it came out.
private func compare(_ fgsm: RobustnessPoint, _ random: RobustnessPoint)
  -> String
{
  func errors(_ point: RobustnessPoint) -> Int {
    point.accuracy.total - point.accuracy.successes
  }
  // Without any error of the noise one is counted: the ratio is then too small.
  let ratio = Double(max(errors(fgsm), 1)) / Double(max(errors(random), 1))
  let isHarmless = random.accuracy.value > 0.9
  return """
    At $ε = \(fgsm.epsilon.pixels.decimals(2))$ random signs leave
    \(random.accuracy.value.percent()) and FGSM leaves
    \(fgsm.accuracy.value.percent()): the same ε for each pixel,
    \(ratio > 1 ? "but" : "and") \(errors(random) > 0
      ? "\(ratio.decimals(1)) times as many errors"
      : "\(errors(fgsm)) errors against none"). \(ratio > 2
      ? (isHarmless ? "The network shrugs off noise. " : "")
        + "It is the *direction* that hurts, and the network's own gradient "
        + "gives it away."
      : "On this model the direction makes little difference.")
    """
}

/// How sure the model is of its answers, clean mistakes and fooled ones.
private func reportConfidence(_ page: Page, _ model: Sequential, _ some: Batch)
{
  let epsilon = Epsilon.pixels(0.2)
  let threshold: Float = 0.9
  let attacked = FGSM(epsilon: epsilon).perturb(
    some.images, labels: some.labels, against: model)
  let fooled = model.evaluate(on: attacked, labels: some.labels)
  let sure = fooled.mistakes.count { fooled.confidences[$0] > threshold }
  guard !fooled.mistakes.isEmpty else { return }
  let share = Double(sure) / Double(fooled.mistakes.count)
  page.record("confidentMistakeShare", share)
  page.say(
    """
    Would the model notice? Of its \(fooled.mistakes.count) mistakes on the
    first \(some.count.grouped) images at $ε = \(epsilon.pixels)$,
    \(share.percent(0)) are made with more than \(percent(threshold))
    confidence.
    \(sure > 0 ? "An alarm for unsure answers would miss those." : "")
    """)
}

/// A share with as many digits as it has: `90 %`, `12.5 %`.
private func percent(_ share: Float) -> String {
  (Double(share) * 100).shortest + " %"
}
