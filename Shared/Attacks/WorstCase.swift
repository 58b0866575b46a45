/// Several attacks, an image at a time: the model must withstand all of them.
///
/// An image counts as safe only if no attack finds a way. One that has fallen
/// is not attacked again, so the later, dearer attacks see few. The accuracy
/// that is left is an upper bound on the model's robustness, as every attack's
/// is, but the tightest that these attacks together can give.
public struct WorstCase: Attack {
  /// An attack and what it is called.
  public struct Member: Sendable {
    /// As it is called in a table.
    public var name: String
    /// The attack with its settings.
    public var attack: any Attack
    /// Passes of an image that withstands it, as `WorkReport` counts them.
    public var passesAtMost: Int

    /// An attack under a name, and for a progress bar what it may cost.
    public init(
      _ name: String, _ attack: any Attack, passesAtMost: Int = 0
    ) {
      self.name = name
      self.attack = attack
      self.passesAtMost = passesAtMost
    }
  }

  /// The attacks in their order.
  public var members: [Member]
  /// What each of them has to keep.
  public var bound: Bound

  /// Attacks in turn, within one bound.
  public init(_ members: [Member], bound: Bound) {
    self.members = members
    self.bound = bound
  }

  /// The standard set of AutoAttack: two gradient attacks with different
  /// losses, one that looks for the nearest image, one without gradients.
  ///
  /// Croce and Hein, "Reliable Evaluation of Adversarial Robustness with an
  /// Ensemble of Diverse Parameter-free Attacks", ICML 2020, arXiv:2003.01690:
  /// APGD on the cross-entropy (100 steps), APGD on the targeted DLR and
  /// targeted FAB (9 targets, 100 steps each), Square (5,000 queries).
  ///
  /// - Parameters:
  ///   - epsilon: The largest change of any pixel.
  ///   - seed: Decides everything random.
  ///   - steps: Of each attack that follows gradients; fewer than 100 are for
  ///     trying things out, and no longer the standard set.
  ///   - queries: Of Square; the same holds for fewer than 5,000.
  /// - Returns: The four attacks.
  public static func standard(
    epsilon: Epsilon, seed: UInt64 = 0, steps: Int = 100, queries: Int = 5000
  ) -> WorstCase {
    WorstCase(
      gradients(epsilon, seed, steps: steps) + [
        Member(
          "FAB, targeted",
          EachTarget.fab(epsilon: epsilon, steps: steps, seed: seed),
          passesAtMost: 9 * steps * (WorkReport.passesOfGradient + 1)),
        square(epsilon, seed, queries: queries),
      ], bound: .maximum(epsilon))
  }

  /// The part of the standard set that a lesson has time for: without FAB, and
  /// with 1,000 queries for Square.
  public static func brief(epsilon: Epsilon, seed: UInt64 = 0) -> WorstCase {
    WorstCase(
      gradients(epsilon, seed) + [square(epsilon, seed, queries: 1000)],
      bound: .maximum(epsilon))
  }

  private static func gradients(
    _ epsilon: Epsilon, _ seed: UInt64, steps: Int = 100
  ) -> [Member] {
    [
      Member(
        "APGD-CE", APGD(epsilon: epsilon, steps: steps, seed: seed),
        passesAtMost: steps * WorkReport.passesOfGradient),
      Member(
        "APGD-DLR, targeted",
        EachTarget.apgd(epsilon: epsilon, steps: steps, seed: seed),
        passesAtMost: 9 * steps * WorkReport.passesOfGradient),
    ]
  }

  private static func square(
    _ epsilon: Epsilon, _ seed: UInt64, queries: Int
  ) -> Member {
    Member(
      "Square", SquareAttack(epsilon: epsilon, queries: queries, seed: seed),
      passesAtMost: queries)
  }

  /// Passes of an image that withstands all of them, roughly and at most.
  public var passesAtMost: Int {
    members.reduce(0) { $0 + $1.passesAtMost }
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    attackInTurn(images, goals, model).images
  }

  /// What has become of the images, and of each attack's turn.
  struct Outcome {
    var images: Tensor
    /// The number of the member that each image fell to; nil if it stands or
    /// the model was wrong about it from the start.
    var fallenTo: [Int?]
    /// Which images each member was given.
    var attacked: [[Int]] = []
    /// Images that a member moved further than allowed.
    var broken: [Int] = []
    var seconds: [Double] = []
  }

  func attackInTurn(
    _ images: Tensor, _ goals: [Goal], _ model: GradientAccess
  ) -> Outcome {
    var outcome = Outcome(
      images: images, fallenTo: Array(repeating: nil, count: goals.count))
    let answers = predictions(model.logits(of: images))
    var standing = goals.indices.filter { !goals[$0].isMet(by: answers[$0]) }
    for (number, member) in members.enumerated() {
      let start = ContinuousClock.now
      outcome.attacked.append(standing)
      outcome.broken.append(0)
      if !standing.isEmpty {
        let access = model.only(standing)
        let originals = images.rows(standing)
        let changed = access.perturb(
          originals, goals: standing.map { goals[$0] }, by: member.attack)
        let (fallen, broken) = fallen(
          among: standing, changed, from: originals, goals, access)
        for (row, image) in fallen {
          outcome.images.replaceRow(image, with: changed.row(row))
          outcome.fallenTo[image] = number
        }
        outcome.broken[number] = broken
        standing.removeAll { outcome.fallenTo[$0] != nil }
      }
      outcome.seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    return outcome
  }

  /// The images that meet their goal within the bound, each with its row, and
  /// the number of those that left it.
  private func fallen(
    among standing: [Int], _ changed: Tensor, from originals: Tensor,
    _ goals: [Goal], _ model: GradientAccess
  ) -> (fallen: [(row: Int, image: Int)], broken: Int) {
    let answers = predictions(model.logits(of: changed))
    let isAllowed = standing.indices.map { row in
      bound.isKept(changed.rows([row]), from: originals.rows([row]))
        && changed.row(row).allSatisfy { (0...1) ~= $0 }
    }
    let fallen = standing.enumerated().filter { row, image in
      isAllowed[row] && goals[image].isMet(by: answers[row])
    }
    return (
      fallen.map { (row: $0.offset, image: $0.element) },
      isAllowed.count { !$0 }
    )
  }
}
