import Foundation
import Shared

/// What other trainings of the same network give, as recorded with the package.
///
/// One run cannot say how much of its numbers is the luck of its seed. So
/// chapters 3 and 5 were run with several; `Article/results.json` holds what
/// they gave.
public struct SeedStudy: Sendable, Decodable {
  /// One training with a seed of its own.
  public struct Run: Sendable, Codable {
    /// What the weights, the order of the images and the attacks come from.
    public var seed: UInt64
    /// FGSM on all test images.
    public var fgsm: [RobustnessPoint]
    /// Random signs on the same images.
    public var randomSigns: [RobustnessPoint]
    /// PGD on the first thousand.
    public var pgd: [RobustnessPoint]
    /// The worst case of the standard set, on the first hundred.
    public var worstCase: [RobustnessPoint]
  }

  /// In the order of the seeds.
  public var runs: [Run]

  /// Some trainings.
  public init(runs: [Run]) { self.runs = runs }

  private enum CodingKeys: String, CodingKey { case runs = "seeds" }

  /// The recorded study; nil where the package lies without its Article.
  public static var recorded: SeedStudy? {
    let file = PackageFiles.root.appendingPathComponent("Article/results.json")
    return (try? readFile(file)).flatMap {
      try? JSONDecoder().decode(SeedStudy.self, from: Data($0))
    }
  }

  /// The lowest and the highest accuracy of all trainings at one ε, in per cent;
  /// nil if none was measured there.
  public func range(
    _ points: KeyPath<Run, [RobustnessPoint]>, at epsilon: Epsilon,
    decimals: Int = 1
  ) -> String? {
    let shares = runs.compactMap {
      $0[keyPath: points].at(epsilon)?.accuracy.value
    }
    guard let low = shares.min(), let high = shares.max() else { return nil }
    return (low * 100).decimals(decimals) + "–"
      + (high * 100).decimals(decimals)
  }
}
