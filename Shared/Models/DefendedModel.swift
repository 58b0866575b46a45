import Foundation

/// A defended network, trained: one that ships, or one trained anew.
public struct DefendedModel: Sendable {
  /// The network with its weights.
  public let network: Sequential
  /// The recipe that made it.
  public let recipe: DefenseRecipe
  /// The file that it came from.
  public let checkpoint: LoadedCheckpoint

  /// Reads a model from a file.
  ///
  /// - Parameters:
  ///   - file: A checkpoint whose fact `recipe` names its recipe.
  ///   - recipe: What shall have made it.
  ///   - data: The images that it will be used on.
  /// - Returns: The model; nil if it has learned from other data, or if the
  ///   network of its recipe has been changed since.
  /// - Throws: A `TutorialError` if the file is missing, damaged or of another
  ///   recipe.
  public static func load(
    _ file: URL, by recipe: DefenseRecipe, for data: MNIST
  ) throws -> DefendedModel? {
    let checkpoint = try LoadedCheckpoint(file)
    guard checkpoint["recipe"] == recipe.name else {
      throw TutorialError(
        "\(file.path) was not made by the recipe \(recipe.name) but by "
          + "\(checkpoint["recipe"] ?? "something unknown").")
    }
    var network = recipe.untrained(seed: 0, for: data).withoutDropout
    let tensors = checkpoint.contents.tensors
    let isSameNetwork =
      checkpoint["architecture"] == network.architecture
      && network.stateDictionary.allSatisfy { name, own in
        tensors[name].map { $0.shape == own.shape } ?? true
      }
    guard checkpoint["data.sha256"] == data.sha256, isSameNetwork else {
      return nil
    }
    try network.load(tensors, from: file.path)
    return DefendedModel(
      network: network, recipe: recipe, checkpoint: checkpoint)
  }

  /// What to save of a model that a recipe has made.
  ///
  /// - Parameters:
  ///   - network: The trained network.
  ///   - recipe: How it was made.
  ///   - seed: With which seed.
  ///   - data: From which data.
  /// - Returns: Its weights, its provenance and its accuracy on the test images.
  public static func checkpoint(
    of network: Sequential, by recipe: DefenseRecipe, seed: UInt64,
    on data: MNIST
  ) -> Checkpoint {
    Checkpoint(
      tensors: network.stateDictionary, seed: seed, data: data.sha256,
      facts: [
        "accuracy": "\(network.evaluate(on: data.test).accuracy.value)",
        "architecture": network.architecture,
        "epochs": "\(recipe.work(on: data).epochs)", "recipe": recipe.name,
      ])
  }
}
