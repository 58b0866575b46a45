import Shared

/// What somebody could sign about the robustness of a model: every number of
/// it, so that the text can be made again from a file.
///
/// It travels as JSON and is read as Markdown (`markdown`). What it has to hold
/// follows Carlini et al., "On Evaluating Adversarial Robustness", 2019,
/// arXiv:1902.06705.
public struct RobustnessReport: Codable, Sendable, Equatable {
  /// The file that chapter 6 writes.
  public static let fileName = "ROBUSTNESS.md"

  /// Whether few images and weak attacks stand behind it.
  public var isQuick: Bool
  /// What decided everything random.
  public var seed: UInt64
  /// The flags of the run, for the commands that repeat it.
  public var flags: String
  /// What was attacked.
  public var model: Model
  /// Every attack at every ε.
  public var attacks: [Tried]
  /// What interval bounds certify; empty if they do not know a layer.
  public var certificates: [RobustnessPoint]
  /// Whether PGD behaves as a working attack does; nil if the model's scores
  /// are no numbers.
  public var audit: Audited?
  /// Changes that the box does not describe; empty if none was measured.
  public var beyond: [Change]
  /// Other networks on the same images.
  public var defended: [Compared]
  /// The attacks of this package that have no line in `attacks`.
  public var untried: [String]

  /// A report of all its parts.
  public init(
    isQuick: Bool, seed: UInt64, flags: String, model: Model, attacks: [Tried],
    certificates: [RobustnessPoint], audit: Audited?, beyond: [Change],
    defended: [Compared], untried: [String]
  ) {
    self.isQuick = isQuick
    self.seed = seed
    self.flags = flags
    self.model = model
    self.attacks = attacks
    self.certificates = certificates
    self.audit = audit
    self.beyond = beyond
    self.defended = defended
    self.untried = untried
  }

  /// The network, and what its file states of it.
  public struct Model: Codable, Sendable, Equatable {
    /// Where it lies.
    public var file: String
    /// The file's own.
    public var sha256: String
    /// Names and kinds of its layers.
    public var architecture: String
    /// How many numbers it has learned.
    public var parameters: Int
    /// The seed of its training, as the file states it.
    public var seed: String?
    /// SHA-256 of the data it was trained on, as the file states it.
    public var trainingData: String?
    /// Of the test images, as the file states it.
    public var statedAccuracy: Double?
    /// SHA-256 of the data that it was measured on.
    public var measuredData: String
    /// All test images without an attack: ε = 0.
    public var clean: RobustnessPoint
    /// By which its first layer divides pixels; nil if it does not.
    public var standardDeviation: Float?
  }

  /// One attack at one ε.
  public struct Tried: Codable, Sendable, Equatable {
    /// What it is called; with a plus if it counts on from the lines before.
    public var attack: String
    /// Its steps; nil if it has no such number or it is not known here.
    public var steps: Int?
    /// Its starts, likewise.
    public var starts: Int?
    /// Its queries, likewise.
    public var queries: Int?
    /// What it leaves of the first test images.
    public var left: RobustnessPoint
    /// How many of the same images are read right without an attack.
    public var cleanRight: Int
    /// Whether these are several strong attacks in turn.
    public var isWorstCase: Bool

    /// An attack, what it left, and what is read of the same images without it.
    public init(
      _ attack: String, steps: Int? = nil, starts: Int? = nil,
      queries: Int? = nil, left: RobustnessPoint, clean: Proportion,
      isWorstCase: Bool = false
    ) {
      self.attack = attack
      self.steps = steps
      self.starts = starts
      self.queries = queries
      self.left = left
      cleanRight = clean.successes
      self.isWorstCase = isWorstCase
    }
  }

  /// What was changed outside the box, and how many images are still read.
  public struct Change: Codable, Sendable, Equatable {
    public var name: String
    public var right: Int
    public var images: Int

    /// A change and what the model still reads right under it.
    public init(_ name: String, _ share: Proportion) {
      self.name = name
      right = share.successes
      images = share.total
    }
  }

  /// Another network after the same attacks on the same images.
  public struct Compared: Codable, Sendable, Equatable {
    public var network: String
    /// In pixels.
    public var epsilon: Float
    /// The images that stand in both, in it, in the model of the report, and
    /// in neither.
    public var both, onlyIt, onlyModel, neither: Int

    /// A network beside the model of the report, which comes second in `pairs`.
    public init(
      _ network: String, at epsilon: Epsilon, _ pairs: PairedProportions
    ) {
      self.network = network
      self.epsilon = epsilon.pixels
      (both, onlyIt) = (pairs.both, pairs.onlyFirst)
      (onlyModel, neither) = (pairs.onlySecond, pairs.neither)
    }
  }
}
