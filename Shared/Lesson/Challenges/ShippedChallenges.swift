import Shared

/// The networks and images that ship with the package, for challenges that are
/// the same for everybody.
struct ShippedChallenges: Sendable {
  /// Chapter 3's network.
  var plain: Sequential
  /// Adversarially trained.
  var hardened: Sequential
  private var mnist: MNIST

  /// Read once, when they are first asked for.
  static let loaded = Result { try ShippedChallenges() }

  /// - Throws: A `TutorialError` if a file is missing or damaged.
  init() throws {
    mnist = try MNIST(folder: PackageFiles.mnist)
    plain = Sequential.notebookNetwork(seed: 0, for: mnist).withoutDropout
    let checkpoint = try LoadedCheckpoint(PackageFiles.pretrained)
    try plain.load(
      checkpoint.contents.tensors, from: checkpoint.url.path)
    guard let recipe = DefenseRecipe.named("four-steps"),
      let model = try DefendedModel.load(
        PackageFiles.defense(recipe.name), by: recipe, for: mnist)
    else {
      throw TutorialError(
        "The hardened model that ships does not fit the network any more; "
          + "restore both with `git checkout -- Shared`.")
    }
    hardened = model.network
  }

  /// So many test images, from the given one on.
  func images(_ range: Range<Int>) -> Batch {
    mnist.test.batch(Array(range))
  }

  /// Training images, from which nobody is judged.
  var clean: Batch { mnist.training.first(1000) }
}
