import Shared

extension RobustnessReport {
  /// The ε at which the recommendation is decided.
  public static let decidingEpsilon = Epsilon.pixels(0.1)
  /// The share of images on whose sides the recommendations differ.
  public static let decidingShare = 0.5

  /// What the numbers come down to.
  public enum Recommendation: Sendable, Equatable {
    /// It does not even read clean images.
    case unreadable
    /// No worst case at the deciding ε.
    case unmeasured
    /// Less than the deciding share withstands everything.
    case refused
    /// The interval holds the deciding share.
    case undecided
    /// More withstand, but the attacks may be at fault.
    case doubtful
    /// More withstand, within what was tried.
    case withinThreatModel
  }

  /// The lowest of what several strong attacks leave at one ε; nil if none was
  /// measured there.
  public func worst(at epsilon: Epsilon) -> Tried? {
    attacks.filter { $0.isWorstCase && $0.left.epsilon == epsilon }
      .min { $0.left.accuracy.value < $1.left.accuracy.value }
  }

  /// The recommendation, decided by the ends of 95 % intervals.
  public var recommendation: Recommendation {
    let share = Self.decidingShare
    if model.clean.accuracy.interval95.upperBound < share {
      return .unreadable
    }
    guard let worst = worst(at: Self.decidingEpsilon) else {
      return .unmeasured
    }
    let interval = worst.left.accuracy.interval95
    if interval.upperBound < share { return .refused }
    if interval.lowerBound <= share { return .undecided }
    return audit?.isPassed == true ? .withinThreatModel : .doubtful
  }

  /// The recommendation in words, with the numbers that decide it.
  public var recommendationInWords: String {
    let least = Self.decidingShare.percent(0)
    let size = "ε = \(Self.decidingEpsilon.shortest)"
    let refusal =
      "Do not use this model where somebody gains from a wrong answer, unless "
      + "something else decides."
    guard let worst = worst(at: Self.decidingEpsilon) else {
      return (recommendation == .unreadable ? unreadable + " " : "")
        + "No worst case was measured at \(size), so nothing speaks for it "
        + "against an attacker. \(refusal)"
    }
    let accuracy = worst.left.accuracy
    let found =
      "At \(size) several strong attacks leave \(accuracy.withInterval) of "
      + "the first \(accuracy.total.grouped) images"
    return switch recommendation {
    case .unreadable: unreadable
    case .unmeasured: refusal
    case .refused:
      "\(found), by the whole interval less than \(least).\(further) "
        + refusal
    case .undecided:
      "\(found), and \(least) lies within the interval: so few images cannot "
        + "tell on which side the model is.\(further) Until more are measured: "
        + refusal.lowercasedStart
    case .doubtful:
      "\(found), by the whole interval more than \(least).\(further) But the "
        + "audit "
        + "\(audit == nil ? "was not made" : "was not passed"), so the attacks "
        + "may be at fault. Until that is settled: \(refusal.lowercasedStart)"
    case .withinThreatModel:
      "\(found), by the whole interval more than \(least). It may be used "
        + "where the loss of \((1 - accuracy.value).percent()) of the images "
        + "under attack can be borne, within this threat model only: changes "
        + "of at most \(size), images like these, no stronger attack than "
        + "these.\(further) "
        + refusal.replacing("Do not", with: "Outside it, do not")
    }
  }

  /// What is left where the box is largest.
  private var further: String {
    let largest = attacks.filter(\.isWorstCase).map(\.left.epsilon)
      .max { $0.pixels < $1.pixels }
    guard let largest, largest != Self.decidingEpsilon,
      let left = worst(at: largest)?.left.accuracy
    else { return "" }
    return " At ε = \(largest.shortest) they leave \(left.withInterval)."
  }

  private var unreadable: String {
    "It reads \(model.clean.accuracy.withInterval) of the clean images, less "
      + "than \(Self.decidingShare.percent(0)): do not use it, with or without "
      + "an attacker."
  }
}

extension Epsilon {
  /// In pixels, as short as it can be said: `0.1`.
  var shortest: String { Double(pixels).shortest }
}

extension String {
  /// To stand after a colon.
  fileprivate var lowercasedStart: String {
    prefix(1).lowercased() + dropFirst()
  }
}
