import Lesson
import Shared

/// One attack and what it leaves of the distilled network.
private struct Trial: Encodable, Sendable {
  var attack: String
  var accuracy: Proportion
  /// Images whose slope is zero at every pixel, so that it moves nothing.
  var without: Proportion?
}

/// Defensive distillation: a slope that has underflowed is no defence.
///
/// - Throws: A `TutorialError` if the training runs away.
func distillation(_ page: Page, _ lab: Lab) throws {
  let mnist = lab.mnist
  let recipe = Distillation(temperature: 100, epochs: page.full(4, quick: 2))
  let some = try trainingImages(page, mnist).training
    .prefix(page.full(10_000, quick: 2000, long: 55_000))
  let few = mnist.test.first(page.full(200, quick: 30, long: 1000))
  let epsilon = Epsilon.pixels(0.3)
  page.say(
    """
    **Distillation** (Papernot et al. 2016, arXiv:1511.04508). Divide the logits
    by a *temperature* $T$ before the softmax, train a teacher so, and then a
    second network, at the same $T$, on the teacher's soft probabilities. It is
    used at $T = 1$: its logits are then $T$ times as large as softmax expects,
    $p$ of the winner rounds to 1, and the slope $p − 1$ of the loss to 0. Here
    $T = \(Double(recipe.temperature).shortest)$ and both are small networks,
    trained on \(some.count.grouped) images.
    """)
  let classes = mnist.classNames.count
  func small(_ seed: UInt64) -> Sequential {
    .smallConvolution(
      seed: derivedSeed(page.options.seed, .weights, Int(seed)),
      classes: classes, normalize: mnist.normalize)
  }
  let student = try page.progress(
    "Distilling", passes: recipe.passes(images: some.count)
  ) {
    try recipe.run(
      on: some, teacher: small(1), student: small(2), seed: page.options.seed
    ).student.model
  }
  var naive = FGSM(epsilon: epsilon)
  naive.loss = .naiveCrossEntropy
  var margin = PGD(
    epsilon: epsilon, stepSize: .pixels(0.03), steps: page.full(20, quick: 10),
    seed: page.options.seed)
  margin.loss = .margin
  var wagner = CarliniWagner()
  (wagner.firstConstant, wagner.searches) = (1, page.full(4, quick: 2))
  (wagner.steps, wagner.stepSize) = (page.full(100, quick: 30), 0.1)
  let clean = student.evaluate(on: few.images, labels: few.labels).accuracy
  let runs = [naive as any Attack, margin].map {
    AttackRun($0, on: few, against: student)
  }
  let (fgsm, pgd) = (runs[0].accuracy, runs[1].accuracy)
  let loss = PairedProportions(
    runs[0].isMet.map { !$0 }, runs[1].isMet.map { !$0 })
  let wagnerRun = AttackRun(wagner, on: few.prefix(20), against: student)
  let flat = student.zeroSlopes(of: .naiveCrossEntropy, on: few).atAllPixels
  let steep = student.zeroSlopes(of: .margin, on: few).atAllPixels
  page.table(
    "The distilled network at ε = \(epsilon.pixels) (Carlini–Wagner: any length)",
    "distillation",
    [
      Trial(attack: "none", accuracy: clean),
      Trial(attack: "FGSM, cross-entropy", accuracy: fgsm, without: flat),
      Trial(
        attack: "PGD-\(margin.steps), margin of the logits", accuracy: pgd,
        without: steep),
      Trial(attack: "Carlini–Wagner", accuracy: wagnerRun.accuracy),
    ],
    [
      Column("attack") { $0.attack },
      Column("images") { "\($0.accuracy.total)" },
      Column("left, %") { $0.accuracy.inShort },
      Column("no slope, %") { $0.without?.inShort ?? "–" },
    ])
  lab.note(
    Score(
      defense: "distillation", clean: clean, fixed: fgsm, adaptive: pgd,
      training: lab.trainingCost(
        passes: recipe.passes(images: some.count), of: student),
      inference: lab.inferenceCost(of: student)))
  page.say(
    """
    \(loss.lead95.lowerBound > 0 && flat.value > 0.1
      ? "FGSM leaves \(fgsm.value.percent(0)); on "
        + "\(flat.value.percent(0)) of the images it has no direction to go. "
        + "Ask for the margin, the distance of two logits, and the slope is "
        + "back: PGD leaves \(pgd.value.percent(0))."
      : "Here few slopes have vanished, or FGSM and PGD do not differ by more "
        + "than chance.")
    Carlini and Wagner (2017, arXiv:1608.04644) reached 100 % success on such
    networks; here they turn \(wagnerRun.success.successes) of
    \(wagnerRun.success.total).
    """)
}
