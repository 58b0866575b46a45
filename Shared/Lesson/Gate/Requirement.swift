import Shared

/// What a model shall come to: a measure, how far pixels may move, and the
/// least share of images.
///
/// Written `worst@0.1>=0.7`, `clean>=97%` or `fgsm@0.1>0.5`.
struct Requirement: Sendable, CustomStringConvertible {
  /// A share of images that can be measured.
  enum Measure: Sendable {
    /// Those that are read right as they are.
    case clean
    /// Those that withstand every attack of the standard set.
    case worst(Epsilon)
    /// Those that interval bounds certify.
    case certified(Epsilon)
    /// Those that are still read right under one attack.
    case attack(AttackRecipe, Epsilon)
  }

  /// What is measured.
  let measure: Measure
  /// Whether the limit itself is enough, `>=`, or is not, `>`.
  let includesLimit: Bool
  /// The share to reach or to exceed, 0...1.
  let limit: Double

  /// Whether a measured share is enough.
  ///
  /// A share and a limit that are equal as decimals are so here: the quotient
  /// of two whole numbers and a decimal are rounded to the same `Double`.
  func isMet(by share: Proportion) -> Bool {
    includesLimit ? share.value >= limit : share.value > limit
  }

  /// As it can be given to `--require`, with the share as a number.
  var description: String {
    let size = measure.epsilon.map { "@\($0.pixels)" } ?? ""
    return "\(measure.name)\(size)\(includesLimit ? ">=" : ">")\(limit)"
  }

  /// `at least 70 %`.
  var limitInWords: String {
    (includesLimit ? "at least " : "more than ")
      + "\((limit * 100).shortest) %"
  }
}

extension Requirement.Measure {
  /// As it stands before the `@`.
  var name: String {
    switch self {
    case .clean: "clean"
    case .worst: "worst"
    case .certified: "certified"
    case .attack(let recipe, _): recipe.name
    }
  }

  /// How far each pixel may move; nil if none does.
  var epsilon: Epsilon? {
    switch self {
    case .clean: nil
    case .worst(let epsilon), .certified(let epsilon): epsilon
    case .attack(_, let epsilon): epsilon
    }
  }
}
