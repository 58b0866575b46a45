import Lesson
import Shared

/// One image before and after, with the model's opinion of both.
func showOneDigit(
  _ page: Page, _ model: Sequential, _ digit: Batch, _ adversarial: Tensor,
  _ epsilon: Epsilon, _ mnist: MNIST
) {
  let label = digit.labels[0]
  let before = softmax(model(digit.images))
  let after = softmax(model(adversarial))
  let answers = [predictions(before)[0], predictions(after)[0]]
  page.pictures(
    Tensor(concatenating: [digit.images, adversarial]),
    captions: ["clean", "FGSM, ε = \(epsilon.pixels)"])
  page.table(
    "What the model thinks",
    columns: [
      "image", "answer", "confidence", "p(\(mnist.classNames[label]))",
    ],
    rows: [
      [
        "clean", mnist.classNames[answers[0]],
        before[0, answers[0]].percent(1), before[0, label].percent(1),
      ],
      [
        "adversarial", mnist.classNames[answers[1]],
        after[0, answers[1]].percent(1), after[0, label].percent(1),
      ],
    ], ["firstDigitAnswers": answers])
  page.say(
    outcome(
      wasRight: answers[0] == label, isRight: answers[1] == label,
      isLessSure: after[0, label] < before[0, label],
      noun: mnist.isShipped ? "digit" : "image"))
}

/// What became of the image; `firstFooled` chose one that falls if it could.
private func outcome(
  wasRight: Bool, isRight: Bool, isLessSure: Bool, noun: String
) -> String {
  switch (wasRight, isRight) {
  case (true, true):
    """
    This \(noun) survives: the answer is still
    right\(isLessSure ? ", if less sure" : ""). How many do not will be counted
    soon.
    """
  case (true, false):
    """
    This is the first test image that falls. How many fall like it will be
    counted soon.
    """
  case (false, true):
    """
    The answer was wrong before, and the attack has put it right. How many
    images fall will be counted soon.
    """
  case (false, false):
    """
    The answer was wrong before the attack already. How many images fall will be
    counted soon.
    """
  }
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
  let some = test.prefix(100)
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
