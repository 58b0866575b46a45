import Lesson
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
    ], ["firstDigitAnswers": answers])
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
