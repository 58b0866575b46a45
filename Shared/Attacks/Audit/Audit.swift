/// Whether the number that an attack leaves can be believed.
///
/// If a model stands up to an attack, the model may be robust or the attack may
/// be broken, and the accuracy is the same. What tells them apart is how the
/// attack behaves: with more room, with more steps, beside other attacks.
///
/// The checks are those of Carlini et al., "On Evaluating Adversarial
/// Robustness", 2019, arXiv:1902.06705, sections 4.8, 4.9, 4.11, 5.2 and 5.4,
/// and of Pintor et al., "Indicators of Attack Failure: Debugging and Improving
/// Optimization of Adversarial Examples", NeurIPS 2022, arXiv:2106.09947. All
/// are made without a target, on the same images, at most 100.
///
/// It costs an image at most 11 times the passes of the attack (6 times if it
/// looks for the nearest image) and some 300 more; `passes` says it exactly.
public struct Audit: Sendable {
  /// What the attack has broken of its promises in any of its runs.
  ///
  /// Each with the most images concerned. If there is anything, the lines say
  /// little.
  public let broken: [(promise: Promise, images: Int)]
  /// One a check, in the order of `Check.allCases`.
  public let lines: [Line]
  /// All passes of all images, in the attack and in those it is compared with.
  public let passes: Passes

  /// What one check has found.
  public struct Line: Sendable, Equatable {
    /// What was checked.
    public let check: Check
    /// The numbers found; empty where the check does not apply.
    public let measured: String
    /// What they mean for the attack.
    public let verdict: Verdict

    /// What it usually means if it fails.
    public var meaning: String { check.whatItMeans }
  }

  /// The end of a check.
  public enum Verdict: Sendable, Equatable {
    case passed
    case failed
    /// And why.
    case notApplicable(String)
  }

  /// At most so many images are looked at.
  public static let images = 100
  /// So many of them may speak against an attack without any harm.
  public static let tolerance = 3

  /// Audits a recipe against the model of its material.
  ///
  /// - Parameters:
  ///   - recipe: The attack.
  ///   - settings: Those of the run whose number is in question.
  ///   - material: The model under attack, and networks of the attacker's.
  ///   - batch: Images, the first 100 of which are used.
  /// - Throws: What the recipe throws if it cannot be made.
  public init(
    of recipe: AttackRecipe, settings: AttackSettings, material: AttackMaterial,
    on batch: Batch
  ) throws {
    try self.init(
      of: recipe.audited(with: material), settings: settings,
      against: material.model, surrogates: material.surrogates, on: batch)
  }

  /// Audits any attack.
  ///
  /// - Parameters:
  ///   - attack: How it is made.
  ///   - settings: Those of the run whose number is in question. Without a size
  ///     it is ε = 0.1, or a radius of 2.
  ///   - model: The model under attack.
  ///   - surrogates: Other networks for the same images, from which attacks are
  ///     carried over for comparison; may be empty.
  ///   - batch: Images, the first 100 of which are used.
  /// - Throws: What the attack throws if it cannot be made.
  public init(
    of attack: AuditedAttack, settings: AttackSettings,
    against model: Sequential, surrogates: [Sequential] = [], on batch: Batch
  ) throws {
    var trial = try Trial(
      of: attack, settings: settings, against: model, surrogates: surrogates,
      on: batch.prefix(Self.images))
    lines = try Check.allCases.map { try trial.line($0) }
    broken = trial.broken
    passes = trial.passes
  }

  /// Whether no promise is broken and no check has failed.
  public var isPassed: Bool {
    broken.isEmpty && !lines.contains { $0.verdict == .failed }
  }

  /// The line of one check.
  public subscript(check: Check) -> Line? {
    lines.first { $0.check == check }
  }
}
