import Lesson
import Shared

/// FGSM on the learner's own picture.
func attackHandwriting(
  _ page: Page, _ model: Sequential, _ handwriting: Handwriting,
  _ mnist: MNIST
) throws {
  let noun = mnist.isShipped ? "digit" : "picture"
  let epsilons = (1...50).map { Epsilon.pixels(Float($0) / 100) }
  try epsilons.requireRising()
  let largest = epsilons[epsilons.count - 1]
  page.section("FGSM on your own \(noun)")
  let digit = handwriting.image
  let answer = showHandwriting(page, model, handwriting, mnist)
  page.say(
    """
    Nobody has told the program
    \(mnist.isShipped ? "which digit this is" : "what this picture shows"), and
    the attack need not know: as the label it takes the network's own first
    answer. That leaks nothing, and it makes "any other answer" the goal. If the
    answer is wrong already, the attack can even put it right. Here is every ε
    from \(epsilons[0].pixels) to \(largest.pixels):
    """)
  let attacked = page.show {
    epsilons.map { epsilon in
      FGSM(epsilon: epsilon).perturb(digit, labels: [answer], against: model)
    }
  }
  let probabilities = softmax(model(Tensor(concatenating: attacked)))
  let answers = predictions(probabilities)
  let first = answers.firstIndex { $0 != answer }
  handwritingTable(
    page, epsilons, answers, probabilities, (answer: answer, first: first),
    mnist)
  let quiet = epsilons.nearest(to: 0.3)
  let shown = first ?? epsilons.firstIndex { $0 == quiet } ?? 0
  if let first {
    page.record("handwritingSmallestEpsilon", epsilons[first].pixels)
    page.say(
      """
      The smallest ε of the
      \(epsilons.count == 50 ? "fifty" : "\(epsilons.count)") that changes the
      answer is **\(epsilons[first].inAllUnits(
        standardDeviation: mnist.normalize.standardDeviation))**.
      """)
  } else {
    page.say(
      """
      The answer stays \(mnist.classNames[answer]) for every ε up to
      \(largest.pixels), so the figure shows
      ε = \(epsilons[shown].pixels). One step is a weak attack; PGD, later in
      this chapter, makes many.
      """)
  }
  try handwritingFigure(
    page, digit, attacked[shown], epsilons[shown], noun,
    answers: (mnist.classNames[answer], mnist.classNames[answers[shown]]))
}

/// The answers at a few ε, and at the first that changes the answer.
private func handwritingTable(
  _ page: Page, _ epsilons: [Epsilon], _ answers: [Int],
  _ probabilities: Tensor, _ found: (answer: Int, first: Int?), _ mnist: MNIST
) {
  let some = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map(Epsilon.pixels)
  let listed = epsilons.indices.filter {
    some.contains(epsilons[$0]) || $0 == found.first
  }
  page.table(
    "Your \(mnist.isShipped ? "digit" : "picture") under FGSM",
    columns: [
      "ε pixels", "of 255", "answer", "confidence",
      "p(\(mnist.classNames[found.answer]))",
    ],
    rows: listed.map { index in
      [
        epsilons[index].pixels.decimals(2), epsilons[index].levels.decimals(1),
        mnist.classNames[answers[index]],
        probabilities[index, answers[index]].percent(1),
        probabilities[index, found.answer].percent(1),
      ]
    }, ["handwritingAnswers": [found.answer] + answers])
}

/// What became of the picture, and what the network makes of it.
///
/// - Returns: The network's answer.
private func showHandwriting(
  _ page: Page, _ model: Sequential, _ handwriting: Handwriting,
  _ mnist: MNIST
) -> Int {
  let noun = mnist.isShipped ? "digit" : "picture"
  let (columns, rows) = (handwriting.box.columns, handwriting.box.rows)
  page.say(preparation(of: handwriting))
  for remark in handwriting.remarks { page.say(remark) }
  page.say("The network sees this:")
  let probabilities = softmax(model(handwriting.image))
  let answer = predictions(probabilities)[0]
  page.pictures(handwriting.image, captions: ["your \(noun)"])
  page.table(
    "What the network thinks",
    columns: [mnist.isShipped ? "digit" : "class", "probability"],
    rows: mnist.classNames.enumerated().map { label, name in
      [name, probabilities[0, label].percent(2)]
    },
    [
      "handwritingProbabilities": probabilities,
      "handwritingBox": [
        columns.lowerBound, columns.upperBound, rows.lowerBound,
        rows.upperBound,
      ],
    ])
  page.say(
    """
    It reads \(mnist.isShipped ? "a " : "")**\(mnist.classNames[answer])**. If
    that is wrong, look at the picture before you blame the network: does it
    look like the \(mnist.isShipped ? "digits" : "images") of chapter 2?
    """)
  return answer
}

/// What was done to the picture.
private func preparation(of handwriting: Handwriting) -> String {
  let (columns, rows) = (handwriting.box.columns, handwriting.box.rows)
  let (width, height) = handwriting.pictureSize
  let ink =
    """
    Your picture has \([width, height].times) pixels. The ink is
    \(handwriting.isInverted
      ? "darker than the paper, so the picture was inverted: in MNIST ink is "
        + "white"
      : "lighter than the paper, as in MNIST").
    """
  if handwriting.isAsItWas {
    return ink
      + " That is MNIST's size: nothing was cut, moved or scaled, so every "
      + "pixel counts as it is, those of an attack too."
  }
  return ink
    + """
     It fills columns
    \(columns.lowerBound) to \(columns.upperBound - 1) and rows
    \(rows.lowerBound) to \(rows.upperBound - 1). This box was scaled by
    \(handwriting.scale.decimals(3)) so that its longer side is 20 pixels, each
    the mean of what it covers, and put into 28 × 28 pixels with its centre of
    mass in the middle: what was done to the digits of MNIST (LeCun, Cortes and
    Burges).
    """
}

/// Before, perturbation and after.
private func handwritingFigure(
  _ page: Page, _ digit: Tensor, _ attacked: Tensor, _ epsilon: Epsilon,
  _ noun: String, answers: (before: String, after: String)
) throws {
  var grid = ImageGrid()
  grid.addRow(digit, label: "your \(noun), read as \(answers.before)")
  grid.addRow(
    attacked - digit, .signed(epsilon.pixels), label: "what FGSM adds")
  grid.addRow(attacked, label: "the sum, read as \(answers.after)")
  try page.figure(
    "handwriting", grid, scale: 6,
    caption:
      "your \(noun); what FGSM adds at ε = \(epsilon.pixels.decimals(2)) "
      + "({red|+ and #} brighter, {blue|- and =} darker); the sum. The network "
      + "reads \(answers.before) before and \(answers.after) after.",
    alternative:
      "A \(noun == "digit" ? "handwritten digit" : noun), a pattern of small "
      + "changes all over it, and their sum, which looks like the same "
      + "\(noun) with grey noise.")
}
