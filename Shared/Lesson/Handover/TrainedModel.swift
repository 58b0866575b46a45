import Foundation
import Shared

/// The model that chapters 4 to 6 look at: the learner's own, or the shipped.
public struct TrainedModel: Sendable {
  /// The network with its trained weights.
  public let model: Sequential
  /// The file they came from.
  public let checkpoint: LoadedCheckpoint
  /// Whether it is the one that ships with the package.
  public let isShipped: Bool

  /// The file chapter 3 writes.
  public static let fileName = "03-Training.safetensors"

  /// Loads the learner's model if there is one, else the shipped one.
  ///
  /// - Throws: A `TutorialError` if the file is damaged, of another network, or
  ///   trained on other data than the present.
  public init(in workspace: Workspace, data: MNIST, flags: String) throws {
    let isShipped = !workspace.has(Self.fileName)
    self.isShipped = isShipped
    let remedy =
      isShipped
      ? "restore it with `git checkout -- Shared/Pretrained`"
      : "train again with `swift run 03-Training --force\(flags)`"
    checkpoint = try withRemedy(remedy) {
      try LoadedCheckpoint(
        isShipped ? PackageFiles.pretrained : workspace.url(Self.fileName))
    }
    guard checkpoint["data.sha256"] == data.sha256 || checkpoint.isForeign
    else {
      throw TutorialError(
        isShipped
          ? "The model that ships with the package was trained on MNIST, not "
            + "on this data; train one with `swift run 03-Training\(flags)`."
          : "\(checkpoint.url.path) was trained on other data than this run "
            + "uses; \(remedy).")
    }
    var model = Sequential.notebookNetwork(seed: 0)
    try model.validate(forImages: MNIST.imageShape)
    try withRemedy(
      isShipped
        ? "the network was changed, so train it with `swift run 03-Training"
          + "\(flags)`" : remedy
    ) { [checkpoint] in
      try model.load(checkpoint.contents.tensors, from: checkpoint.url.path)
    }
    self.model = model
  }

  /// The accuracy on the test set that the file states.
  public var statedAccuracy: Double? {
    checkpoint["accuracy"].flatMap(Double.init).flatMap {
      (0...1).contains($0) ? $0 : nil
    }
  }
}
