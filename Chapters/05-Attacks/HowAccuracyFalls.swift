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
    \(test.count.grouped) test images, \(values) of $ε$, and a **control**. For
    *random signs* a coin decides whether a pixel shall go up or down by $ε$;
    black and white cut that off, as they do FGSM's steps. Both keep the same
    limit; what random signs lack is the gradient.
    """)
  let asked = epsilons.nearest(to: 0.1)
  let measure = page.exercise(exercise)
  let seed = page.options.seed
  // FGSM goes forward and back and is then judged; random signs are judged.
  let passes = epsilons.count * test.count * (3 + 1 + 1)
  let curves = page.progress("Attacking", passes: passes) {
    page.show {
      measure(
        model, test, epsilons,
        [{ FGSM(epsilon: $0) }, { RandomSigns(epsilon: $0, seed: seed) }])
    }
  }
  let (fgsm, randomSigns) = (curves[0], curves[1])
  curveTable(page, fgsm, randomSigns, mnist)
  if let asked, let attacked = fgsm.at(asked),
    let control = randomSigns.at(asked)
  {
    let ratio = ratioOfErrors(attacked, control)
    page.say(compare(attacked, control, ratio: ratio))
    reportSizes(
      page, model, test.prefix(page.full(1000, quick: 100)), asked,
      ratio: ratio)
  }
  page.say(yardsticks(mnist))
  return (fgsm, randomSigns)
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
    Yardsticks: guessing blindly scores about \(blind), and always saying
    "\(mnist.classNames[commonest])"
    \(share.percent()) \(mnist.isShipped ? "on MNIST" : "here"). The intervals
    cover the choice of images, not the luck of one
    training\(mnist.isShipped ? luck : "").
    """
}

/// What other trainings give.
private var luck: String {
  let tenth = Epsilon.pixels(0.1)
  guard let study = SeedStudy.recorded,
    let fgsm = study.range(\.fgsm, at: tenth),
    let pgd = study.range(\.pgd, at: tenth),
    let worst = study.range(\.worstCase, at: tenth, decimals: 0)
  else { return "" }
  return """
    : in \(study.runs.count) full runs with seeds of their own, at $ε = 0.1$,
    FGSM left \(fgsm) % of 10,000 images, and what comes later, PGD and the worst
    case, \(pgd) % of 1,000 and \(worst) % of 100
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

private func errors(_ point: RobustnessPoint) -> Int {
  point.accuracy.total - point.accuracy.successes
}

/// How many times the errors of random signs FGSM makes.
///
/// Without any error of the noise one is counted: the ratio is then too small.
private func ratioOfErrors(_ fgsm: RobustnessPoint, _ random: RobustnessPoint)
  -> Double
{
  Double(max(errors(fgsm), 1)) / Double(max(errors(random), 1))
}

/// Puts the central comparison into words, whichever way it came out.
private func compare(
  _ fgsm: RobustnessPoint, _ random: RobustnessPoint, ratio: Double
) -> String {
  """
  At $ε = \(fgsm.epsilon.pixels)$ random signs leave
  \(random.accuracy.value.percent()) and FGSM leaves
  \(fgsm.accuracy.value.percent()) of the same images: the same limit for each
  pixel, \(ratio > 1 ? "but" : "and") \(errors(fgsm).grouped) errors against
  \(errors(random) > 0 ? errors(random).grouped : "none").
  """
}

/// How an attack changes images, whatever the model makes of it.
private struct ChangeSize: Encodable, Sendable {
  var attack: String
  /// The share of the pixels that stay as they are.
  var unmovedShare: Double
  /// ‖x′ − x‖₂, the mean over the images.
  var length: Double

  init(_ attack: String, from images: Tensor, to changed: Tensor) {
    let change = changed - images
    let lengths = (0..<images.shape[0]).map { change.rows([$0]).norm }
    self.attack = attack
    unmovedShare =
      Double(change.scalars.count { $0 == 0 }) / Double(max(change.count, 1))
    length = lengths.reduce(0, +) / Double(max(lengths.count, 1))
  }
}

/// How far both attacks move the same images, and what is left to direction.
private func reportSizes(
  _ page: Page, _ model: Sequential, _ some: Batch, _ epsilon: Epsilon,
  ratio: Double
) {
  func size(_ name: String, _ attack: any Attack) -> ChangeSize {
    ChangeSize(
      name, from: some.images,
      to: attack.perturb(some.images, labels: some.labels, against: model))
  }
  let fgsm = size("FGSM", FGSM(epsilon: epsilon))
  let random = size(
    "random signs", RandomSigns(epsilon: epsilon, seed: page.options.seed))
  page.record("changeSizes", [fgsm, random])
  page.say(
    """
    Does FGSM only change more? At this ε, on the first \(some.count.grouped)
    images, it leaves \(fgsm.unmovedShare.percent(1)) of the pixels unchanged (cut off, or
    slope 0), and
    its change is \(fgsm.length.decimals(2)) long ($‖x′ − x‖₂$, mean). Random signs:
    \(random.unmovedShare.percent(1)) and \(random.length.decimals(2)).
    \(comparison(of: fgsm.length, with: random.length, ratio: ratio))
    """)
}

/// What the lengths leave to the direction.
private func comparison(
  of fgsm: Double, with random: Double, ratio: Double
) -> String {
  guard random > 0 else { return "" }
  let share = abs(fgsm / random - 1).percent(0)
  let lengths =
    "FGSM's change is \(share) \(fgsm < random ? "shorter" : "longer")"
  guard ratio > 2 else {
    return lengths + ". On this model the direction makes little difference."
  }
  return fgsm < 1.1 * random
    ? lengths + ": it is the *direction* that hurts, and the network's own "
      + "gradient gives it away."
    : lengths + ", so the direction need not be all that hurts."
}
