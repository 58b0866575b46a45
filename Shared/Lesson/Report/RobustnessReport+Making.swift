import Shared

extension RobustnessReport {
  /// The attacks of this package that were not tried.
  ///
  /// - Parameter tried: The names of the recipes that were.
  /// - Returns: The names of all others, in the order of the list.
  public static func untried(after tried: Set<String>) -> [String] {
    AttackRecipe.all.map(\.name).filter { !tried.contains($0) }
  }

  /// The audit of one attack.
  public struct Audited: Codable, Sendable, Equatable {
    /// What it is called.
    public var attack: String
    /// In pixels.
    public var epsilon: Float
    /// Of each run.
    public var steps: Int
    /// How many images were looked at.
    public var images: Int
    /// Promises that were broken, each with the images concerned.
    public var broken: [String: Int]
    /// One a check.
    public var lines: [Line]

    /// What one check has found.
    public struct Line: Codable, Sendable, Equatable {
      public var expectation: String
      public var verdict: Verdict
      /// The numbers found, or why there are none.
      public var measured: String
    }

    /// As the report prints it.
    public enum Verdict: String, Codable, Sendable {
      case passed = "yes"
      case failed = "NO"
      case notApplicable = "does not apply"
    }

    /// Whether nothing speaks against the attack.
    public var isPassed: Bool {
      broken.isEmpty && !lines.contains { $0.verdict == .failed }
    }
  }
}

extension RobustnessReport.Model {
  /// A trained model with what was measured of it.
  ///
  /// - Parameters:
  ///   - trained: The model and its file.
  ///   - file: What to call the file.
  ///   - data: The data that it was measured on.
  ///   - clean: What it reads of all test images.
  public init(
    _ trained: TrainedModel, file: String, data: MNIST, clean: Proportion
  ) {
    let first = trained.model.layers.first?.layer as? Normalize
    self.init(
      file: file, sha256: trained.checkpoint.sha256,
      architecture: trained.model.architecture,
      parameters: trained.model.parameterCount,
      seed: trained.checkpoint["seed"],
      trainingData: trained.checkpoint["data.sha256"],
      statedAccuracy: trained.statedAccuracy, measuredData: data.sha256,
      clean: RobustnessPoint(epsilon: .pixels(0), accuracy: clean),
      standardDeviation: first?.standardDeviation)
  }
}

extension RobustnessReport.Audited {
  /// What an audit has found.
  ///
  /// - Parameters:
  ///   - audit: The audit.
  ///   - attack: What its attack is called.
  ///   - epsilon: The size in question.
  ///   - steps: Those of the attack.
  ///   - images: How many it was made on.
  public init(
    _ audit: Audit, of attack: String, at epsilon: Epsilon, steps: Int,
    images: Int
  ) {
    self.init(
      attack: attack, epsilon: epsilon.pixels, steps: steps, images: images,
      broken: Dictionary(
        uniqueKeysWithValues: audit.broken.map {
          ($0.promise.rawValue, $0.images)
        }),
      lines: audit.lines.map { Line($0) })
  }
}

extension RobustnessReport.Audited.Line {
  fileprivate init(_ line: Audit.Line) {
    expectation = line.check.expectation
    switch line.verdict {
    case .passed: (verdict, measured) = (.passed, line.measured)
    case .failed: (verdict, measured) = (.failed, line.measured)
    case .notApplicable(let why): (verdict, measured) = (.notApplicable, why)
    }
  }
}
