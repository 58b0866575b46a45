import Foundation
import Shared

/// The model that chapters 4 to 6 look at: the one that was asked for, the
/// learner's own, or the shipped.
public struct TrainedModel: Sendable {
  /// The network with its trained weights.
  public let model: Sequential
  /// The file they came from.
  public let checkpoint: LoadedCheckpoint
  /// Whose it is.
  public let source: Source

  /// Where a model comes from.
  public enum Source: String, Sendable {
    /// The one that ships with the package.
    case shipped
    /// The one that chapter 3 left.
    case own
    /// The one that `--model` names.
    case given
  }

  /// The file chapter 3 writes.
  public static let fileName = "03-Training.safetensors"

  /// Loads a given model, else the learner's if there is one, else the shipped
  /// one.
  ///
  /// - Parameters:
  ///   - workspace: Where the learner's model lies.
  ///   - data: The images it will be used on.
  ///   - file: A safetensors or ONNX file to take instead.
  ///   - flags: Those of this run, for the command that mends a fault.
  /// - Throws: A `TutorialError` if the file is damaged, of another network, or
  ///   trained on other data than the present.
  public init(
    in workspace: Workspace, data: MNIST, file: URL? = nil, flags: String
  ) throws {
    if let file {
      (checkpoint, model) = try Self.given(file, for: data)
      source = .given
      return
    }
    source = workspace.has(Self.fileName) ? .own : .shipped
    let isShipped = source == .shipped
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
    model = try withRemedy(
      isShipped
        ? "the network was changed, so train it with `swift run 03-Training"
          + "\(flags)`" : remedy
    ) { [checkpoint] in try Self.network(checkpoint, for: data) }
  }

  /// A model of the learner's or anybody's, whatever it was trained on.
  private static func given(_ file: URL, for data: MNIST) throws
    -> (LoadedCheckpoint, Sequential)
  {
    let bytes = try readFile(file, atMost: 1 << 28)
    // Safetensors begin with eight bytes of length, which may be any, and then a
    // brace.
    let isSafetensors =
      bytes.count > 8 && bytes[bytes.startIndex + 8] == UInt8(ascii: "{")
    let isPickle =
      bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0x80])
    if isPickle && !isSafetensors {
      throw TutorialError(
        "\(file.path) is a pickle, as `torch.save` writes them, and to read "
          + "one is to run the code in it; save the weights with "
          + "`safetensors.torch.save_file` instead.")
    }
    guard bytes.count > 8, !isSafetensors else {
      let checkpoint = try LoadedCheckpoint(file)
      return (
        checkpoint,
        try KnownNetwork.load(
          checkpoint, classes: data.classNames.count,
          normalize: checkpoint.normalize ?? data.normalize)
      )
    }
    do {
      let model = try Sequential(onnx: bytes)
      try model.validate(
        forImages: MNIST.imageShape, classes: data.classNames.count)
      return (
        LoadedCheckpoint(foreign: file, sha256: SHA256.hash(bytes)), model
      )
    } catch let error as TutorialError {
      throw TutorialError(
        "\(file.path) cannot be used as a safetensors or ONNX file of the "
          + "layers known here: \(error)")
    }
  }

  /// The tutorial's network with the weights of a file.
  private static func network(_ checkpoint: LoadedCheckpoint, for data: MNIST)
    throws -> Sequential
  {
    var model = Sequential.notebookNetwork(
      seed: 0, classes: data.classNames.count,
      normalize: checkpoint.normalize ?? data.normalize)
    try model.validate(
      forImages: MNIST.imageShape, classes: data.classNames.count)
    try model.load(checkpoint.contents.tensors, from: checkpoint.url.path)
    return model
  }

  /// The accuracy on the test set that the file states.
  public var statedAccuracy: Double? {
    checkpoint["accuracy"].flatMap(Double.init).flatMap {
      (0...1).contains($0) ? $0 : nil
    }
  }
}

extension LoadedCheckpoint {
  /// The statistics that the model was trained with, which PyTorch's weights do
  /// not hold; nil if the file does not state them.
  fileprivate var normalize: Normalize? {
    guard let mean = self["normalize.mean"].flatMap(Float.init),
      let deviation = self["normalize.standardDeviation"].flatMap(Float.init),
      mean.isFinite, deviation.isFinite, deviation > 0
    else { return nil }
    return Normalize(mean: mean, standardDeviation: deviation)
  }
}
