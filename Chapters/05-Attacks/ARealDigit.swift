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
  func caption(_ name: String, _ probabilities: Tensor, _ answer: Int) -> String
  {
    "\(name): \(mnist.classNames[answer]), "
      + probabilities[0, answer].percent(1)
  }
  page.pictures(
    Tensor(concatenating: [digit.images, adversarial]),
    captions: [
      caption("clean", before, answers[0]),
      caption("ε = \(epsilon.pixels)", after, answers[1]),
    ])
  page.record("firstDigitAnswers", answers)
  // The usual case, a fall, can be seen.
  if answers[0] != label || answers[1] == label {
    page.say(
      outcome(
        wasRight: answers[0] == label,
        isLessSure: after[0, label] < before[0, label],
        isRight: answers[1] == label, noun: mnist.isShipped ? "digit" : "image")
    )
  }
}

/// What became of an image that does not fall; `firstFooled` chose one that
/// does if it could.
private func outcome(
  wasRight: Bool, isLessSure: Bool, isRight: Bool, noun: String
) -> String {
  if wasRight {
    return "This \(noun) survives: the answer is still right"
      + "\(isLessSure ? ", if less sure" : "")."
  }
  return isRight
    ? "The answer was wrong before, and the attack has put it right."
    : "The answer was wrong before the attack already."
}

/// Where FGSM's step is cut off or has no direction, and where rounding would
/// take the direction away.
func reportUnusedPixels(
  _ page: Page, _ model: Sequential, _ some: Batch, _ epsilon: Epsilon
) {
  let pixels = some.images.scalars
  let slopes = model.inputGradient(of: some.images, labels: some.labels).scalars
  func share(_ count: Int) -> Double {
    Double(count) / Double(max(pixels.count, 1))
  }
  let zero = share(slopes.count { $0 == 0 })
  let black = share(pixels.count { $0 == 0 })
  let clipped = share(
    zip(pixels, slopes).count { pixel, slope in
      !(0...1 ~= pixel + epsilon.pixels * sign(slope))
    })
  page.record("zeroGradientShare", zero)
  page.record("clippedShare", clipped)
  page.say(
    """
    Black or white cuts off \(clipped.percent(1)) of the steps of
    $ε = \(epsilon.pixels)$ on the first \(some.count.grouped) test images,
    wholly or partly: \(black.percent(1)) of the pixels are exactly black, where
    only a step up moves anything. \(zero > 0
      ? "And \(zero.percent(1)) of the slopes are zero"
        + obstacles(in: model) + "."
      : "")

    \(whereProbabilityRoundsToOne(model, some))
    """)
}

/// Why a slope can be zero; nothing if the model has no such layers.
private func obstacles(in model: Sequential) -> String {
  let layers = model.layers.map(\.layer)
  let found =
    (layers.contains { $0 is ReLU } ? ["a ReLU that is off"] : [])
    + (layers.contains { $0 is MaxPool2D }
      ? ["a pooling block that took another pixel"] : [])
  return found.isEmpty
    ? ""
    : ": every path to the loss meets " + found.joined(separator: " or ")
}

/// For how many images p − 1 is no slope; nothing if for none.
private func whereProbabilityRoundsToOne(_ model: Sequential, _ some: Batch)
  -> String
{
  let probabilities = softmax(model.logits(of: some.images))
  let count = some.labels.indices.count {
    1 - probabilities[$0, some.labels[$0]] == 0
  }
  guard count > 0 else { return "" }
  return """
    For \(count.grouped) of these images $p$ of the right class rounds to
    exactly 1 in 32-bit floats. A program that computes the slope along that
    class's logit as $p − 1$, as PyTorch does, gets 0 there, and nothing pulls
    that class down. Here it is minus the sum of the other probabilities
    (`AttackLoss.crossEntropy`).
    """
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
