/// An attack as an audit takes it: how it is made, and what can be turned on it.
///
///     AuditedAttack(norm: .maximum, steps: 40) { settings in
///       PGD(epsilon: .pixels(settings.size ?? 0.1), …)
///     }
public struct AuditedAttack: Sendable {
  /// How its size is measured; nil if it has none.
  public var norm: Norm?
  /// The number of steps, or of queries, unless told otherwise; nil if it takes
  /// no such number.
  public var steps: Int?
  /// The number of starts unless told otherwise; nil if it has but one.
  public var restarts: Int?
  /// Whether it looks for the nearest image that fools the model, and is asked
  /// for it by a size of nil.
  public var isMinimal: Bool
  /// Makes it from settings that name steps and starts wherever it takes them.
  public var build: @Sendable (AttackSettings) throws -> any Attack

  /// An attack of your own.
  ///
  /// - Parameters:
  ///   - norm: How its size is measured.
  ///   - steps: Its steps or queries, if it takes a number of them.
  ///   - restarts: Its starts, if it takes a number of them.
  ///   - isMinimal: Whether it looks for the nearest image.
  ///   - build: Makes it.
  public init(
    norm: Norm?, steps: Int? = nil, restarts: Int? = nil,
    isMinimal: Bool = false,
    build: @escaping @Sendable (AttackSettings) throws -> any Attack
  ) {
    self.norm = norm
    self.steps = steps
    self.restarts = restarts
    self.isMinimal = isMinimal
    self.build = build
  }
}

extension AttackRecipe {
  /// The attack as an audit takes it.
  public func audited(with material: AttackMaterial) -> AuditedAttack {
    AuditedAttack(
      norm: norm, steps: steps, restarts: restarts, isMinimal: isMinimal
    ) { try attack($0, material) }
  }
}
