import Lesson
import Shared

/// FGSM on the learner's own digit.
func attackHandwriting(
  _ page: Page, _ model: Sequential, _ handwriting: Handwriting
) throws {
  page.section("FGSM on your own digit")
  let digit = handwriting.image
  let answer = showHandwriting(page, model, handwriting)
  page.say(
    """
    Nobody has told the program which digit this is, and the attack need not
    know: as the label it takes the network's own first answer. That leaks
    nothing, and it makes "any other answer" the goal. If the answer is wrong
    already, the attack can even put it right. Here is every ε from 0.01 to 0.5:
    """)
  let attacked = page.show {
    (1...50).map { hundredths in
      FGSM(epsilon: .pixels(Float(hundredths) / 100))
        .perturb(digit, labels: [answer], against: model)
    }
  }
  let probabilities = softmax(model(Tensor(concatenating: attacked)))
  let answers = predictions(probabilities)
  let first = answers.firstIndex { $0 != answer }
  let listed =
    [5, 10, 15, 20, 25, 30].map { $0 - 1 } + (first.map { [$0] } ?? [])
  page.table(
    "Your digit under FGSM",
    columns: ["ε pixels", "of 255", "answer", "confidence", "p(\(answer))"],
    rows: Set(listed).sorted().map { index in
      let epsilon = Epsilon.pixels(Float(index + 1) / 100)
      return [
        epsilon.pixels.decimals(2), epsilon.levels.decimals(1),
        "\(answers[index])", probabilities[index, answers[index]].percent(1),
        probabilities[index, answer].percent(1),
      ]
    }, ["handwritingAnswers": [answer] + answers])
  if let first {
    page.record("handwritingSmallestEpsilon", Double(first + 1) / 100)
    page.say(
      """
      The smallest ε of the fifty that changes the answer is
      **\(Epsilon.pixels(Float(first + 1) / 100))**.
      """)
  } else {
    page.say(
      """
      The answer stays \(answer) for every ε up to 0.5, so the figure shows
      ε = 0.3. One step is a weak attack; PGD, later in this chapter, makes
      many.
      """)
  }
  let shown = first ?? 29
  try handwritingFigure(
    page, digit, attacked[shown], epsilon: Float(shown + 1) / 100,
    answers: (answer, answers[shown]))
}

/// What became of the picture, and what the network makes of it.
///
/// - Returns: The network's answer.
private func showHandwriting(
  _ page: Page, _ model: Sequential, _ handwriting: Handwriting
) -> Int {
  let (columns, rows) = (handwriting.box.columns, handwriting.box.rows)
  page.say(preparation(of: handwriting))
  for remark in handwriting.remarks { page.say(remark) }
  page.say("The network sees this:")
  let probabilities = softmax(model(handwriting.image))
  let answer = predictions(probabilities)[0]
  page.pictures(handwriting.image, captions: ["your digit"])
  page.table(
    "What the network thinks", columns: ["digit", "probability"],
    rows: (0...9).map { ["\($0)", probabilities[0, $0].percent(2)] },
    [
      "handwritingProbabilities": probabilities,
      "handwritingBox": [
        columns.lowerBound, columns.upperBound, rows.lowerBound,
        rows.upperBound,
      ],
    ])
  page.say(
    """
    It reads a **\(answer)**. If that is wrong, look at the picture before you
    blame the network: does it look like the digits of chapter 2?
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
  _ page: Page, _ digit: Tensor, _ attacked: Tensor, epsilon: Float,
  answers: (before: Int, after: Int)
) throws {
  var grid = ImageGrid()
  grid.addRow(digit, label: "your digit, read as \(answers.before)")
  grid.addRow(attacked - digit, .signed(epsilon), label: "what FGSM adds")
  grid.addRow(attacked, label: "the sum, read as \(answers.after)")
  try page.figure(
    "handwriting", grid, scale: 6,
    caption:
      "your digit; what FGSM adds at ε = \(epsilon.decimals(2)) (red brighter, "
      + "blue darker); the sum. The network reads \(answers.before) before and "
      + "\(answers.after) after.",
    alternative:
      "A handwritten digit, a pattern of small changes all over it, and "
      + "their sum, which looks like the same digit with grey noise.")
}
