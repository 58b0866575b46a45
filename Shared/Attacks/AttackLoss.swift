import Foundation

/// What an attack raises: a function of one image's logits and its goal.
///
/// An attack is a way of climbing; the loss says which hill. All of them work
/// at the logits, never behind a softmax: the probability of a confident model
/// rounds to 1, and its slope to 0. Whatever the goal, higher is better for the
/// attacker.
public struct AttackLoss: Sendable {
  /// As it is called in a table.
  public let name: String
  private let evaluate:
    @Sendable (_ logits: [Float], _ goal: Goal)
      -> (value: Double, gradient: [Float])

  /// A loss of your own.
  ///
  /// - Parameters:
  ///   - name: As it is called in a table.
  ///   - evaluate: From the logits of one image and its goal to the loss and
  ///     its slope at every logit.
  public init(
    _ name: String,
    evaluate:
      @escaping @Sendable (_ logits: [Float], _ goal: Goal) -> (
        value: Double, gradient: [Float]
      )
  ) {
    self.name = name
    self.evaluate = evaluate
  }

  /// The loss and its slope at every logit.
  public func callAsFunction(_ logits: [Float], _ goal: Goal)
    -> (value: Double, gradient: [Float])
  {
    evaluate(logits, goal)
  }

  /// The same for many images, `[N, classes]`.
  func slopes(_ logits: Tensor, _ goals: [Goal])
    -> (losses: [Double], gradient: Tensor)
  {
    let results = goals.enumerated().map { row, goal in
      evaluate(Array(logits.row(row)), goal)
    }
    return (
      results.map(\.value),
      Tensor(rows: results.map(\.gradient), of: [logits.shape[1]])
    )
  }
}

extension AttackLoss {
  /// The loss of training: −log of the right class's probability, or with a
  /// target the log of the target's.
  ///
  /// The slope at the right class's logit is p − 1. In `Float` that is 0 as soon
  /// as p rounds to 1, and nothing pulls the right class down any more. So it is
  /// computed as the other probabilities' sum, with its sign changed. On the
  /// trained model that ships, p rounds to 1 on 2,205 of the 10,000 test images,
  /// and FGSM at ε = 0.3 leaves 19 % with p − 1 and 10 % with the sum.
  public static let crossEntropy = AttackLoss("cross-entropy") { logits, goal in
    let own = goal.target ?? goal.label
    let (losses, gradient) = softmaxCrossEntropy(
      logits: Tensor(shape: [1, logits.count], scalars: logits), labels: [own])
    var slope = gradient.scalars
    slope[own] = 0
    slope[own] = -slope.reduce(0, +)
    return goal.target == nil
      ? (losses[0], slope) : (-losses[0], slope.map(-))
  }

  /// How far the best wrong logit lies above the right one; with a target, how
  /// far the target's lies above the best other one.
  ///
  /// Above 0, the goal is met. Carlini and Wagner, "Towards Evaluating the
  /// Robustness of Neural Networks", S&P 2017, arXiv:1608.04644, f₆ without its
  /// limit.
  public static let margin = AttackLoss("margin") { logits, goal in
    let own = goal.target ?? goal.label
    let other = largest(logits, but: own)
    return goal.target == nil
      ? difference(logits, other, own) : difference(logits, own, other)
  }

  /// The difference of logits ratio: the margin in units of the distance from
  /// the largest logit to the third.
  ///
  ///     −(z_y − max z_i) ⁄ (z_π1 − z_π3), i ≠ y
  ///
  /// Scaling all logits does not change it, so that a defense cannot hide behind
  /// large ones. With a target it is −(z_y − z_t) ⁄ (z_π1 − (z_π3 + z_π4) ⁄ 2).
  /// Croce and Hein, "Reliable Evaluation of Adversarial Robustness with an
  /// Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690,
  /// equations 6 and 7. With too few classes for that it is the margin.
  public static let dlr = AttackLoss("DLR") { logits, goal in
    let order = logits.indices.sorted { (logits[$0], $1) > (logits[$1], $0) }
    guard logits.count >= (goal.target == nil ? 3 : 4) else {
      return difference(
        logits, goal.target ?? largest(logits, but: goal.label), goal.label)
    }
    let lead = difference(
      logits, goal.target ?? order[order[0] == goal.label ? 1 : 0], goal.label)
    var scale = [Float](repeating: 0, count: logits.count)
    scale[order[0]] = 1
    if goal.target == nil {
      scale[order[2]] = -1
    } else {
      scale[order[2]] = -0.5
      scale[order[3]] = -0.5
    }
    // Where all logits are equal there is nothing to scale by.
    let spread = max(
      zip(scale, logits).reduce(0) { $0 + Double($1.0) * Double($1.1) }, 1e-12)
    let value = lead.value / spread
    return (
      value,
      zip(lead.gradient, scale).map {
        Float((Double($0) - value * Double($1)) / spread)
      }
    )
  }

  /// One logit alone: the target's, or without a target the right class's with
  /// its sign changed.
  public static let logit = AttackLoss("logit") { logits, goal in
    let sign: Float = goal.target == nil ? -1 : 1
    var gradient = [Float](repeating: 0, count: logits.count)
    gradient[goal.target ?? goal.label] = sign
    return (Double(sign * logits[goal.target ?? goal.label]), gradient)
  }

  /// How far the target's logit lies above the right class's, whatever the
  /// others do: the linear piece of boundary between two classes.
  public static let lead = AttackLoss("lead") { logits, goal in
    difference(
      logits, goal.target ?? largest(logits, but: goal.label), goal.label)
  }

  private static func largest(_ logits: [Float], but own: Int) -> Int {
    logits.indices.filter { $0 != own }.reduce(own == 0 ? 1 : 0) {
      logits[$1] > logits[$0] ? $1 : $0
    }
  }

  private static func difference(_ logits: [Float], _ up: Int, _ down: Int)
    -> (value: Double, gradient: [Float])
  {
    var gradient = [Float](repeating: 0, count: logits.count)
    gradient[up] = 1
    gradient[down] = -1
    return (Double(logits[up]) - Double(logits[down]), gradient)
  }
}
