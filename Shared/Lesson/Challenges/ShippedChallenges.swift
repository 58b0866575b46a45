import Shared

/// Four challenges that are the same for everybody, made of the networks and
/// images that ship with the package.
struct ShippedChallenges: Sendable {
  /// Exercises 10 to 13, each without its images.
  var maskedGradients, thresholding, noise, detector: Challenge
  private var test: ImageSet

  /// Read once, when they are first asked for.
  static let loaded = Result { try ShippedChallenges() }

  /// - Throws: A `TutorialError` if a file is missing or damaged, or if a
  ///   network was changed so that a defence does not fit it.
  private init() throws {
    let mnist = try MNIST(folder: PackageFiles.mnist)
    test = mnist.test
    var plain = Sequential.notebookNetwork(seed: 0, for: mnist).withoutDropout
    let checkpoint = try LoadedCheckpoint(PackageFiles.pretrained)
    try plain.load(checkpoint.contents.tensors, from: checkpoint.url.path)
    let none = mnist.test.batch([0])
    guard let recipe = DefenseRecipe.named("four-steps"),
      let hardened = try DefendedModel.load(
        PackageFiles.defense(recipe.name), by: recipe, for: mnist)?.network,
      let maskedGradients = Challenge.maskedGradients(of: plain, on: none),
      let detector = Challenge.detector(
        of: plain, on: none, calibratedBy: mnist.training.first(1000))
    else {
      throw TutorialError(
        "The networks of the exercises do not fit the package any more; restore "
          + "them with `git checkout -- Shared`.")
    }
    self.maskedGradients = maskedGradients
    self.detector = detector
    thresholding = .thresholding(before: plain, on: none)
    noise = .noise(before: hardened, on: none)
  }

  /// Some test images, by their numbers.
  func images(_ range: Range<Int>) -> Batch { test.batch(Array(range)) }
}
