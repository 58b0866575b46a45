/// An attack with a target, tried with one wrong class after the other.
///
/// The way to the nearest wrong answer need not begin where the loss rises most.
/// With every wrong class as its target, an attack is led along all of them, the
/// one that the model holds most likely first. Any wrong answer counts, and an
/// image that gives one is not attacked again.
///
/// Two of the four attacks of AutoAttack are made so: APGD with nine targets and
/// `AttackLoss.dlr`, and FAB. Croce and Hein, "Reliable Evaluation of
/// Adversarial Robustness with an Ensemble of Diverse Parameter-free Attacks",
/// ICML 2020, arXiv:2003.01690, sections 4 and 5.
///
/// An image whose goal names a target already is attacked once, with that.
public struct EachTarget<Base: Attack>: Attack
where Base.Access == GradientAccess {
  /// What is done with each target.
  public var base: Base
  /// How many wrong classes to try; all of them if there are fewer.
  public var targets: Int

  public var bound: Bound { base.bound }

  /// The attack for each of the most likely wrong classes.
  public init(_ base: Base, targets: Int = 9) {
    self.base = base
    self.targets = targets
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    precondition(targets > 0, "there is at least one target, got \(targets)")
    var result = images
    let logits = model.logits(of: images)
    let plans = zip(goals, logits.allRows).map(plan)
    var standing = stillStanding(Array(goals.indices), goals, logits)
    for round in 0..<targets {
      standing = standing.filter { round < plans[$0].count }
      guard !standing.isEmpty else { break }
      let model = model.only(standing)
      let tried = base.perturb(
        images.rows(standing), goals: standing.map { plans[$0][round] },
        asking: model)
      for (row, image) in standing.enumerated() {
        result.replaceRow(image, with: tried.row(row))
      }
      standing = stillStanding(standing, goals, model.logits(of: tried))
    }
    return result
  }

  /// The goals to try with one image, in this order.
  private func plan(_ goal: Goal, _ logits: [Float]) -> [Goal] {
    guard goal.target == nil else { return [goal] }
    let wrong = logits.indices.filter { $0 != goal.label }
    let order = wrong.sorted { (logits[$0], $1) > (logits[$1], $0) }
    return order.prefix(targets).map { .reach($0, from: goal.label) }
  }

  /// Those of some images whose own goal is not met.
  private func stillStanding(
    _ images: [Int], _ goals: [Goal], _ logits: Tensor
  ) -> [Int] {
    zip(images, predictions(logits)).filter { image, answer in
      !goals[image].isMet(by: answer)
    }.map(\.0)
  }
}

extension EachTarget where Base == APGD {
  /// The targeted APGD of AutoAttack: nine targets, each with its DLR.
  public static func apgd(
    epsilon: Epsilon, steps: Int = 100, restarts: Int = 1, seed: UInt64 = 0
  ) -> EachTarget {
    EachTarget(
      APGD(
        epsilon: epsilon, loss: .dlr, steps: steps, restarts: restarts,
        seed: seed))
  }
}

extension EachTarget where Base == FAB {
  /// The targeted FAB of AutoAttack: nine targets.
  public static func fab(
    epsilon: Epsilon?, steps: Int = 100, restarts: Int = 1, seed: UInt64 = 0
  ) -> EachTarget {
    EachTarget(
      FAB(epsilon: epsilon, steps: steps, restarts: restarts, seed: seed))
  }
}
