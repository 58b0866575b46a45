/// What an attack may ask of the model that it attacks.
///
/// An attack names one of the four types below and is handed a value of it,
/// never the model. Whoever gets `LabelAccess` cannot compute a gradient: there
/// is nothing to call. And there is no way out of inference mode.
public protocol ModelAccess: Sendable {
  /// What an attacker must have in order to ask this.
  static var knowledge: Knowledge { get }
  /// A view of a model that somebody attacks.
  init(_ model: AttackedModel)
}

/// What an attacker has of a model, from nothing to everything.
public enum Knowledge: Int, Sendable, Comparable, CaseIterable {
  /// No use of the model at all.
  case nothing
  /// The class that the model answers to an image.
  case labels
  /// The logits behind that answer.
  case scores
  /// The weights, and so the slopes of any loss.
  case gradients

  public static func < (left: Knowledge, right: Knowledge) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The access of an attack that never asks the model.
public struct NoAccess: ModelAccess {
  public static let knowledge = Knowledge.nothing

  public init(_ model: AttackedModel) {}
}

/// Answers only: an attacker behind a service that names a class.
public struct LabelAccess: ModelAccess {
  public static let knowledge = Knowledge.labels
  private let model: AttackedModel

  public init(_ model: AttackedModel) { self.model = model }

  /// The class that the model answers to each image, `[N, H, W, C]`.
  public func answers(to images: Tensor) -> [Int] {
    predictions(model.logits(of: images))
  }

  /// The same access for some of the images.
  public func only(_ rows: [Int]) -> Self { Self(model.only(rows)) }
}

/// Answers and the scores behind them.
public struct ScoreAccess: ModelAccess {
  public static let knowledge = Knowledge.scores
  private let model: AttackedModel

  public init(_ model: AttackedModel) { self.model = model }

  /// The logits of each image, `[N, classes]`.
  public func logits(of images: Tensor) -> Tensor { model.logits(of: images) }

  /// The same access for some of the images.
  public func only(_ rows: [Int]) -> Self { Self(model.only(rows)) }
}

/// Everything: logits, and the slope of any loss at every pixel.
public struct GradientAccess: ModelAccess {
  public static let knowledge = Knowledge.gradients
  private let model: AttackedModel

  public init(_ model: AttackedModel) { self.model = model }

  /// The logits of each image, `[N, classes]`.
  public func logits(of images: Tensor) -> Tensor { model.logits(of: images) }

  /// Each image's loss and its slope at every pixel.
  ///
  /// - Parameters:
  ///   - loss: What to differentiate, each image's own and not a mean.
  ///   - images: Shape `[N, H, W, C]`.
  ///   - goals: One an image.
  /// - Returns: Logits, losses and slopes.
  public func slope(of loss: AttackLoss, at images: Tensor, goals: [Goal])
    -> LossSlope
  {
    model.slope(of: loss, at: images, goals: goals)
  }

  /// The same access for some of the images.
  public func only(_ rows: [Int]) -> Self { Self(model.only(rows)) }

  /// Runs an attack that may need less than everything.
  func perturb<A: Attack>(_ images: Tensor, goals: [Goal], by attack: A)
    -> Tensor
  {
    attack.perturb(images, goals: goals, asking: A.Access(model))
  }
}

/// What one forward and one backward pass tell about images.
public struct LossSlope: Sendable {
  /// Shape `[N, classes]`.
  public var logits: Tensor
  /// One an image.
  public var losses: [Double]
  /// ∂loss/∂pixel, in the shape of the images.
  public var gradient: Tensor
}
