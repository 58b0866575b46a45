/// An attack by its name, with settings that can be turned.
///
/// The attacks themselves are values of different types. A recipe makes one of
/// them, so that a command line can name it and an audit can ask what more
/// steps or a larger bound would have done.
public struct AttackRecipe: Sendable {
  /// As it is called on the command line: `apgd-ce`.
  public let name: String
  /// What it does, in one line.
  public let summary: String
  /// Authors and year.
  public let source: String
  /// What the attacker must have.
  public let knowledge: Knowledge
  /// How its size is measured; nil if it has none.
  public let norm: Norm?
  /// The number of steps, or of queries, unless told otherwise; nil if it takes
  /// no such number.
  public let steps: Int?
  /// The number of starts unless told otherwise; nil if it has but one.
  public let restarts: Int?
  /// The size unless told otherwise: ε = 0.1, or a radius of 2.
  ///
  /// Attacks that look for the nearest image have no limit then.
  public var size: Float? {
    if isMinimal { return nil }
    return norm.map { $0 == .maximum ? 0.1 : 2 }
  }
  /// Whether it looks for the nearest image that fools the model, so that a
  /// bound is only the limit beyond which it does not count.
  public let isMinimal: Bool
  /// Whether its `Goal` may name a target.
  public let takesTarget: Bool
  /// At most so many passes an image and a step, as `WorkReport` counts them.
  public let passesPerStep: Int
  private let build:
    @Sendable (AttackSettings, AttackMaterial) throws -> any Attack

  init<A: Attack>(
    _ name: String, _ summary: String, source: String, norm: Norm?,
    steps: Int? = nil, restarts: Int? = nil, isMinimal: Bool = false,
    takesTarget: Bool = true, passesPerStep: Int = WorkReport.passesOfGradient,
    build: @escaping @Sendable (AttackSettings, AttackMaterial) throws -> A
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.knowledge = A.knowledge
    self.norm = norm
    self.steps = steps
    self.restarts = restarts
    self.isMinimal = isMinimal
    self.takesTarget = takesTarget
    self.passesPerStep = passesPerStep
    self.build = build
  }

  /// The attack with some settings; what they leave open is as the recipe has
  /// it.
  ///
  /// - Parameters:
  ///   - settings: Size, steps, starts, seed.
  ///   - material: What some attacks are made of.
  /// - Returns: The attack.
  /// - Throws: A `TutorialError` if it cannot be made of that.
  public func attack(_ settings: AttackSettings, _ material: AttackMaterial)
    throws -> any Attack
  {
    var settings = settings
    settings.steps = settings.steps ?? steps
    settings.restarts = settings.restarts ?? restarts
    return try build(settings, material)
  }
}

/// What can be turned on every attack, as far as it has it.
public struct AttackSettings: Sendable, Hashable {
  /// How far it may go, in pixels: ε or a radius.
  ///
  /// nil asks a minimal attack for the nearest image, however far.
  public var size: Float?
  /// Steps or queries.
  public var steps: Int?
  /// Starts.
  public var restarts: Int?
  /// Decides everything random.
  public var seed: UInt64
  /// The answer that a universal perturbation or a patch is made for.
  public var target: Int?
  /// The side of a patch, in pixels.
  public var side: Int?

  /// The given settings; what is nil is left to the recipe.
  public init(
    size: Float?, steps: Int? = nil, restarts: Int? = nil, seed: UInt64 = 0,
    target: Int? = nil, side: Int? = nil
  ) {
    self.size = size
    self.steps = steps
    self.restarts = restarts
    self.seed = seed
    self.target = target
    self.side = side
  }

  /// The size as an ε; 0.1 if nothing is said.
  public var epsilon: Epsilon { .pixels(size ?? 0.1) }
}

/// What some attacks are made of, beside the images they attack.
public struct AttackMaterial: Sendable {
  /// The model under attack, on which a universal perturbation and a patch are
  /// made.
  public var model: Sequential
  /// Training images, which no measurement uses.
  public var images: Batch
  /// Networks that the attacker has trained, from which attacks are carried
  /// over.
  public var surrogates: [Sequential]

  /// A model, images to make an attack from, and networks of the attacker's.
  public init(model: Sequential, images: Batch, surrogates: [Sequential]) {
    self.model = model
    self.images = images
    self.surrogates = surrogates
  }
}
