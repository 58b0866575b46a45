import Foundation
import Shared

/// What chapter 5 measured, as chapter 6 reads it.
public struct AttackResults: Sendable, Codable, Equatable {
  /// FGSM on the test set.
  public var fgsm: [RobustnessPoint]
  /// The control on the same images.
  public var randomSigns: [RobustnessPoint]
  /// PGD on fewer images.
  public var pgd: [RobustnessPoint]
  /// The standard set of attacks on fewer still.
  public var worstCase: [RobustnessPoint]

  /// The file of chapter 5.
  public static let fileName = "05-Attacks.safetensors"

  /// The four lists.
  public init(
    fgsm: [RobustnessPoint], randomSigns: [RobustnessPoint],
    pgd: [RobustnessPoint], worstCase: [RobustnessPoint]
  ) {
    self.fgsm = fgsm
    self.randomSigns = randomSigns
    self.pgd = pgd
    self.worstCase = worstCase
  }

  /// Reads what chapter 5 saved; nil if it has not run.
  ///
  /// - Throws: A `TutorialError` if the file is damaged or was measured on
  ///   another model or other images than the present ones.
  public static func load(
    in workspace: Workspace, model: LoadedCheckpoint, data: String,
    flags: String
  ) throws -> AttackResults? {
    guard workspace.has(fileName) else { return nil }
    let remedy = "run `swift run 05-Attacks\(flags)` again"
    let checkpoint = try withRemedy(remedy) { try workspace.load(fileName) }
    let madeFrom = checkpoint["input.\(model.url.lastPathComponent)"]
    guard madeFrom == model.sha256 else {
      throw TutorialError(
        "\(checkpoint.url.path) was measured on another model than "
          + "\(model.url.path); \(remedy).")
    }
    guard let text = checkpoint["results"],
      let results = try? JSONDecoder().decode(
        AttackResults.self, from: Data(text.utf8)),
      !results.fgsm.isEmpty
    else {
      throw TutorialError(
        "\(checkpoint.url.path) does not hold all results that chapter 6 needs; "
          + "\(remedy).")
    }
    guard checkpoint["data.sha256"] == data else {
      throw TutorialError(
        "\(checkpoint.url.path) was measured on other images than those of this "
          + "run; \(remedy).")
    }
    return results
  }

  /// The results as text, for a checkpoint's metadata.
  ///
  /// In a fixed order: the same seed shall give the same file.
  public func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
