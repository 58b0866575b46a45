import Foundation
import Shared

/// The defended models of the lab: the learner's own where there are any, else
/// those that ship.
public struct Defenses: Sendable {
  /// By the name of their recipe.
  public private(set) var models: [String: DefendedModel] = [:]
  /// Which of them the learner has trained.
  public private(set) var own: [String] = []
  /// Which were made for other data, or for a network that has changed.
  public private(set) var unfit: [String] = []

  /// The file of a model of the learner's own.
  static func fileName(of recipe: DefenseRecipe) -> String {
    "06-Security-\(recipe.name).safetensors"
  }

  /// Loads what there is for the data at hand.
  ///
  /// - Throws: A `TutorialError` if a file is damaged, or that of another
  ///   recipe.
  public init(in workspace: Workspace, data: MNIST, flags: String) throws {
    for recipe in DefenseRecipe.all {
      let name = Self.fileName(of: recipe)
      let remedy =
        "train it again with `swift run 06-Security --retrain "
        + "\(recipe.name)\(flags)`, or remove it"
      let trained =
        workspace.has(name)
        ? try withRemedy(remedy) {
          try DefendedModel.load(workspace.url(name), by: recipe, for: data)
        } : nil
      let model =
        try trained
        ?? withRemedy("restore it with `git checkout -- Shared/Pretrained`") {
          try DefendedModel.load(
            PackageFiles.defense(recipe.name), by: recipe, for: data)
        }
      models[recipe.name] = model
      if model == nil { unfit.append(recipe.name) }
      if trained != nil { own.append(recipe.name) }
    }
  }

  /// The network of that name; nil if none has learned from this data.
  public subscript(name: String) -> Sequential? { models[name]?.network }
}
