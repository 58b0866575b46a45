import Shared

/// One digit before and after, with the model's opinion of both.
func showOneDigit(
  _ page: Page, _ model: Sequential, _ digit: Batch, _ adversarial: Tensor
) {
  let before = softmax(model(digit.images))
  let after = softmax(model(adversarial))
  let answers = [predictions(before)[0], predictions(after)[0]]
  page.pictures(
    Tensor(concatenating: [digit.images, adversarial]),
    captions: ["clean", "FGSM, ε = 0.2"])
  page.table(
    "What the model thinks",
    columns: ["image", "answer", "confidence", "p(\(digit.labels[0]))"],
    rows: [
      [
        "clean", "\(answers[0])", before[0, answers[0]].percent(1),
        before[0, digit.labels[0]].percent(1),
      ],
      [
        "adversarial", "\(answers[1])", after[0, answers[1]].percent(1),
        after[0, digit.labels[0]].percent(1),
      ],
    ])
  page.record("firstDigitAnswers", answers)
  page.say(
    answers[1] == digit.labels[0]
      ? """
      This digit survives: the answer is still right, if less sure. How many do
      not will be counted soon.
      """
      : """
      This is the first test image that falls. How many fall like it will be
      counted soon.
      """)
}

/// How many pixels the sign gradient cannot use.
func reportZeroGradients(_ page: Page, _ model: Sequential, _ some: Batch) {
  let gradient = model.inputGradient(of: some.images, labels: some.labels)
  let zeros = gradient.scalars.count { $0 == 0 }
  let share = Double(zeros) / Double(gradient.count)
  page.record("zeroGradientShare", share)
  page.say(
    """
    Not every pixel can be used. Where the background is 0 and the sign
    negative, nothing moves: a pixel cannot be darker than black. And a gradient
    entry is exactly zero where every path to the loss runs into a ReLU that is
    off or a pooling block that chose another pixel; FGSM leaves such pixels
    alone. Over \(some.count) images that holds for \(share.percent(1)) of the
    entries, a share that differs much from one trained model to the next.
    """)
}

/// The first image that the model reads right and the attack turns.
func firstFooled(_ model: Sequential, _ test: Batch, _ attack: FGSM) -> Batch {
  let some = test[0..<min(100, test.count)]
  let attacked = attack.perturb(
    some.images, labels: some.labels, against: model)
  let before = predictions(model.logits(of: some.images))
  let after = predictions(model.logits(of: attacked))
  let index =
    some.labels.indices.first {
      before[$0] == some.labels[$0] && after[$0] != some.labels[$0]
    } ?? 0
  return some[index..<index + 1]
}

/// How sure the model is of its answers, clean mistakes and fooled ones.
func reportConfidence(_ page: Page, _ model: Sequential, _ some: Batch) {
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

/// Asks for both accuracies at ε = 0.1 before they are measured.
func guessCurve(_ page: Page) throws
  -> (fgsm: PendingGuess, randomSigns: PendingGuess)
{
  func ask(_ name: String, _ what: String) throws -> PendingGuess {
    try page.guess(
      "\(name) at 0.1",
      "At $ε = 0.1$, how many per cent of the test images "
        + "does the network still read under \(what)?", .percent)
  }
  return (
    try ask("FGSM", "FGSM"), try ask("random signs", "random signs")
  )
}

/// Both curves as numbers.
func curveTable(
  _ page: Page, _ fgsm: [RobustnessRow], _ randomSigns: [RobustnessRow]
) {
  let images = fgsm.first?.images ?? 0
  page.table(
    "Accuracy on \(images.grouped) test images, with 95 % intervals",
    columns: ["ε pixels", "of 255", "normalized", "FGSM", "random signs"],
    rows: zip(fgsm, randomSigns).map { fgsm, random in
      let epsilon = Epsilon.pixels(fgsm.epsilon)
      return [
        epsilon.pixels.decimals(2), epsilon.levels.decimals(1),
        epsilon.normalized.decimals(3), fgsm.proportion.withInterval,
        random.proportion.withInterval,
      ]
    })
}

/// Puts the central comparison into words, whichever way it came out.
func compare(_ fgsm: RobustnessRow, _ random: RobustnessRow) -> String {
  let fgsmErrors = 1 - fgsm.accuracy
  let randomErrors = max(1 - random.accuracy, 1 / Double(random.images))
  let ratio = fgsmErrors / randomErrors
  return """
    At $ε = \(fgsm.epsilon.decimals(2))$ random signs leave
    \(random.accuracy.percent()) and FGSM leaves \(fgsm.accuracy.percent()):
    no more change than the noise, but \(ratio.decimals(1)) times as many
    errors. \(ratio > 2
      ? "The network shrugs off noise. It is the *direction* that hurts, and "
        + "the network's own gradient gives it away."
      : "On this model the direction makes little difference.")
    """
}

/// Clean, perturbation and adversarial image in three rows of a figure.
func attackFigure(_ page: Page, _ model: Sequential, _ test: ImageSet) throws {
  let epsilon: Float = 0.15
  // One image of each digit.
  let chosen = (0...9).compactMap { digit in
    test.labels.firstIndex { $0 == digit }
  }
  let batch = test.batch(chosen)
  let attacked = FGSM(epsilon: .pixels(epsilon))
    .perturb(batch.images, labels: batch.labels, against: model)
  let answers = predictions(model.logits(of: attacked))
  var grid = ImageGrid()
  grid.addRow(batch.images, label: "clean")
  grid.addRow(
    attacked - batch.images, .signed(epsilon), label: "what FGSM adds")
  grid.addRow(
    attacked, label: "the sum", captions: answers.map { "read as \($0)" })
  page.say(
    """
    Before you look at the figure, expect this. On the ink the perturbation is
    anything but static: stroke by stroke, it makes bright pixels darker. The
    background looks like noise, but every sign in it was chosen by the
    gradient; white means unchanged. At $ε = \(epsilon)$ all of this is plainly
    visible.

    **Try it:** check whether you can still read each digit. "Adversarial" does not
    mean invisible; it means small in a stated measure and wrong for the model.
    """)
  let fooled = zip(answers, batch.labels).count { $0 != $1 }
  try page.figure(
    "examples", grid,
    caption:
      "clean images; what FGSM adds at $ε = \(epsilon)$ (red brighter, blue "
      + "darker); the sum. The model reads the lowest row as "
      + answers.map(String.init).joined(separator: " ")
      + ": \(fooled) of \(chosen.count) wrong.",
    alternative:
      "Three rows of pictures: ten clean digits, ten patterns of red "
      + "and blue pixels, and the ten digits with the patterns added, greyish "
      + "but readable.")
  page.record("figureAnswers", answers)
}

func robustnessPlot(
  _ fgsm: [RobustnessRow], _ random: [RobustnessRow], _ pgd: [RobustnessRow]
) -> LinePlot {
  func series(_ name: String, _ rows: [RobustnessRow]) -> LinePlot.Series {
    LinePlot.Series(
      name, points: rows.map { (Double($0.epsilon), $0.accuracy * 100) },
      intervals: rows.map {
        let interval = $0.proportion.interval95
        return interval.lowerBound * 100...interval.upperBound * 100
      })
  }
  return LinePlot(
    "Accuracy under attack", xLabel: "ε (pixels)", yLabel: "accuracy (%)",
    series: [
      series("random signs", random), series("FGSM", fgsm), series("PGD", pgd),
    ], yRange: 0...100, legend: .lowerLeft)
}
