import Foundation
import Shared

/// From logits and the number of the right class to ∂loss/∂logits.
public typealias CrossEntropyGradient =
  @Sendable (_ logits: [Float], _ label: Int) -> [Float]

extension Exercise where Function == CrossEntropyGradient {
  /// Warm-up of chapter 3: the gradient that training begins with.
  public static func crossEntropyGradient(_ own: Function) -> Self {
    Exercise(
      "W3a", .warmUp, "softmax and cross-entropy, backward",
      summary: "Return the slope of the loss along each logit: the "
        + "probabilities minus the right answer.",
      hints: [
        "If every logit grows by 1000, what becomes of the probabilities? And "
          + "of `exp` of each logit?",
        "Four steps: subtract the largest logit from all, raise e to the power "
          + "of each, divide each by the sum of all, and take 1 off at the "
          + "label.",
        "`let powers = logits.map { exp($0 - largest) }`; each of them divided "
          + "by `powers.reduce(0, +)` is a probability; then `gradient[label] "
          + "-= 1`.",
      ],
      own: own, library: libraryGradient, task: task
    ) { $0($1.logits, $1.label) }
  }
}

private func libraryGradient(logits: [Float], label: Int) -> [Float] {
  softmaxCrossEntropy(
    logits: Tensor(shape: [1, logits.count], scalars: logits), labels: [label]
  ).gradient.scalars
}

private struct Input: Sendable {
  var logits: [Float]
  var label: Int

  static func random(_ classes: Int, label: Int, seed: UInt64) -> Input {
    var generator = SeededGenerator(seed: seed)
    return Input(
      logits: (0..<classes).map { _ in generator.uniform(within: 3) },
      label: label)
  }

  /// Powers of the base divided by their sum, after a shift of all logits, by
  /// the largest of them if none is given.
  func probabilities(base: Float = exp(1), minus shift: Float? = nil)
    -> [Float]
  {
    let shift = shift ?? logits.max() ?? 0
    let powers = logits.map { pow(base, $0 - shift) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Numbers with 1 less at the right class.
  func lessAnswer(_ numbers: [Float]) -> [Float] {
    var numbers = numbers
    numbers[label] -= 1
    return numbers
  }

  /// 0 for every class but the right one.
  func onlyAtLabel(_ numbers: [Float]) -> [Float] {
    numbers.indices.map { $0 == label ? numbers[$0] : 0 }
  }
}

private let task = GradedTask<Input, [Float]>(
  questions: [
    .init(
      "the logits 2, 1, 0 and the label 0; the probabilities are 0.665, 0.245, "
        + "0.090, the right answer is 1, 0, 0",
      Input(logits: [2, 1, 0], label: 0)),
    .init("five logits and the label 3", .random(5, label: 3, seed: 1)),
    .init("ten logits and the label 7", .random(10, label: 7, seed: 2)),
    .init(
      "the logits 0, 1000, −1000 and the label 2; the probabilities are 0, 1, "
        + "0",
      Input(logits: [0, 1000, -1000], label: 2)),
    .init(
      "the logits −1000, −1001, −1002 and the label 0; the probabilities are "
        + "those of 2, 1, 0",
      Input(logits: [-1000, -1001, -1002], label: 0)),
  ],
  difference: {
    Difference.between(
      $0.map { Double($0) }, $1.map { Double($0) }, at: "gradient")
  },
  misconceptions: [
    .init(
      "the right answer forgotten",
      "These are the probabilities. The slope at the right class is negative: "
        + "take 1 off there."
    ) { $0.probabilities() },
    .init(
      "the other way round",
      "Along a positive slope the loss grows, and it grows with the logit of a "
        + "wrong class. So it is p − y, not y − p."
    ) { input in input.lessAnswer(input.probabilities()).map { -$0 } },
    .init(
      "only the right class",
      "A larger logit of a wrong class takes probability away from the right "
        + "one, so the slope there is that class's p, not 0."
    ) { $0.onlyAtLabel($0.lessAnswer($0.probabilities())) },
    .init(
      "slopes along the probabilities",
      "−1/p is the slope along the probability of the right class. Asked for "
        + "are those along the logits, behind softmax; there the p cancels."
    ) { $0.onlyAtLabel($0.probabilities().map { -1 / $0 }) },
    .init(
      "no softmax",
      "Logits are no probabilities: raise e to the power of each and divide by "
        + "the sum first."
    ) { $0.lessAnswer($0.logits) },
    .init(
      "not divided by the sum",
      "Powers of e are positive, but they add up to 1 only when each is "
        + "divided by the sum of all."
    ) { $0.lessAnswer($0.logits.map { exp($0) }) },
    .init(
      "powers of 2",
      "Softmax takes powers of e = 2.718…: use `exp`."
    ) { $0.lessAnswer($0.probabilities(base: 2)) },
    .init(
      "divided by the number of classes",
      "The loss is that of one image, not a mean over the classes: nothing is "
        + "left to divide by."
    ) { input in
      input.lessAnswer(input.probabilities()).map {
        $0 / Float(input.logits.count)
      }
    },
    .init(
      "overflow",
      "`exp(1000)` is infinite and `exp(-1000)` is 0; dividing one infinity "
        + "by another, or 0 by 0, gives no number. Subtract the largest logit "
        + "from all first: no probability changes, and the largest power is 1."
    ) { $0.lessAnswer($0.probabilities(minus: 0)) },
  ])
