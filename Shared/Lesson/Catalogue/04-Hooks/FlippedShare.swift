import Shared

/// The share of positions at which one of two outputs is above 0 and the other
/// is not.
public typealias FlippedShare =
  @Sendable (_ clean: Tensor, _ changed: Tensor) -> Double

extension Exercise where Function == FlippedShare {
  /// Warm-up of chapter 4: how many switches a changed image flips.
  public static func flippedShare(_ own: Function) -> Self {
    Exercise(
      "W4b", .warmUp, "switches flipped",
      summary: "Return the share of positions at which one of two ReLU outputs "
        + "is above 0 and the other is 0.",
      hints: [
        "A number goes from 2 to 2.5, another from 0 to 1, a third from 1 to "
          + "0. Which of these switches have flipped?",
        "Walk over both lists at once, `zip(clean.scalars, changed.scalars)`, "
          + "and count where one is on and the other off. Then make a share of "
          + "it.",
        "A pair `(a, b)` has flipped if `(a > 0) != (b > 0)`; divide `Double` "
          + "of their number by `Double(clean.count)`.",
      ],
      own: own, library: { Input(clean: $0, changed: $1).answer }, task: task
    ) { $0($1.clean, $1.changed) }
  }
}

private struct Input: Sendable {
  var clean: Tensor
  var changed: Tensor

  /// Two images through a ReLU, and the same with noise in front of it.
  static func random(_ seed: UInt64) -> Input {
    var generator = SeededGenerator(seed: seed)
    let before = Tensor(shape: [2, 5, 5, 3]).map { _ in
      generator.uniform(within: 1)
    }
    let after = before.map { $0 + generator.uniform(within: 0.5) }
    return Input(
      clean: before.map { max($0, 0) }, changed: after.map { max($0, 0) })
  }

  /// How many switches flip.
  var flips: Double { Double(clean.count) * answer }
  /// The right answer.
  var answer: Double { share { ($0 > 0) != ($1 > 0) } }

  /// The share of positions whose two numbers fit a rule.
  func share(_ rule: (_ clean: Float, _ changed: Float) -> Bool) -> Double {
    let hits = zip(clean.scalars, changed.scalars).count { rule($0, $1) }
    return Double(hits) / Double(clean.count)
  }
}

private let task = GradedTask<Input, Double>(
  questions: [
    .init(
      "from 0, 2, 0, 1, 3, 0, 0, 4 to 0, 2.5, 1, 0, 3, 0, 2, 4; three of eight "
        + "switches flip, so 0.375",
      Input(
        clean: Tensor([0, 2, 0, 1, 3, 0, 0, 4]),
        changed: Tensor([0, 2.5, 1, 0, 3, 0, 2, 4]))),
    .init("two images of 5 × 5 × 3 numbers, with noise", .random(1)),
    .init("another two", .random(2)),
    .init(
      "from 0, 1, 0, 2 to 1e-9, 0, 1e-30, 0; on is on, however little, so all "
        + "four switches flip",
      Input(
        clean: Tensor([0, 1, 0, 2]), changed: Tensor([1e-9, 0, 1e-30, 0]))),
    .init(
      "from 1, 0, 2 to 5, 0, 1e-9; no switch flips",
      Input(clean: Tensor([1, 0, 2]), changed: Tensor([5, 0, 1e-9]))),
  ],
  difference: { Difference.between($0, $1, at: "the share") },
  misconceptions: [
    .init(
      "every changed number counted",
      "A number that changes and stays above 0 is on before and after: that "
        + "switch has not flipped."
    ) { $0.share { $0 != $1 } },
    .init(
      "only those switched on",
      "A switch can flip both ways. These are the ones that were off and are "
        + "on now."
    ) { $0.share { $0 <= 0 && $1 > 0 } },
    .init(
      "only those switched off",
      "A switch can flip both ways. These are the ones that were on and are "
        + "off now."
    ) { $0.share { $0 > 0 && $1 <= 0 } },
    .init(
      "those that stayed",
      "That is the share of switches that are as they were. Asked for is the "
        + "share of the others."
    ) { $0.share { ($0 > 0) == ($1 > 0) } },
    .init(
      "one direction minus the other",
      "How many more are on than before says little: a switch that goes on and "
        + "one that goes off are two flips, and do not cancel out."
    ) { input in
      abs(input.share { _, now in now > 0 } - input.share { was, _ in was > 0 })
    },
    .init(
      "of those that were on",
      "Divide by the number of all positions, whether their switch was on or "
        + "off."
    ) { input in input.answer / input.share { was, _ in was > 0 } },
    .init(
      "per cent instead of a share",
      "A share lies in 0...1; per cent are made where it is printed."
    ) { 100 * $0.answer },
    .init(
      "a count instead of a share",
      "That is how many there are. Divide by the number of all scalars."
    ) { $0.flips },
    .init(
      "whole-number division",
      "Two `Int` give an `Int`, and that is 0 for every share below 1. Make "
        + "both a `Double` first."
    ) { $0.answer.rounded(.down) },
  ])
