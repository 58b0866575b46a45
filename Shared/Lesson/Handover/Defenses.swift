import Foundation
import Shared

/// The defended models of the lab: the learner's own where there are any, else
/// those that ship.
public struct Defenses: Sendable {
  /// By the name of the model.
  public private(set) var models: [String: DefendedModel] = [:]
  /// Which of them the learner has trained.
  public private(set) var own: [String] = []
  /// Which were made for other data, or for a network that has changed.
  public private(set) var unfit: [String] = []

  /// The file of a model of the learner's own.
  static func fileName(of model: String) -> String {
    "06-Security-\(model).safetensors"
  }

  /// Loads what there is for the data at hand.
  ///
  /// - Throws: A `TutorialError` if a file is damaged.
  public init(in workspace: Workspace, data: MNIST, flags: String) throws {
    for recipe in DefenseRecipe.shipped {
      let name = Self.fileName(of: recipe.model)
      let isOwn = workspace.has(name)
      let remedy =
        isOwn
        ? "train it again with `swift run 06-Security --retrain "
          + "\(recipe.name)\(flags)`"
        : "restore it with `git checkout -- Shared/Pretrained`"
      let file =
        isOwn ? workspace.url(name) : PackageFiles.defense(recipe.model)
      let model = try withRemedy(remedy) {
        try DefendedModel.load(file, for: data)
      }
      models[recipe.model] = model
      if model == nil { unfit.append(recipe.model) }
      if model != nil && isOwn { own.append(recipe.model) }
    }
  }

  /// The network of that name; nil if none has learned from this data.
  public subscript(name: String) -> Sequential? { models[name]?.network }
}
