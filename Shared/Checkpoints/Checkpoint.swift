import Foundation

/// Tensors with where they came from, as they go into a file.
public struct Checkpoint: Sendable {
  /// The version of the metadata below.
  public static let formatVersion = "1"

  /// The tensors.
  public var tensors: [String: Tensor]
  /// Facts about them, as text.
  public var metadata: [String: String]

  /// A checkpoint with its provenance.
  ///
  /// - Parameters:
  ///   - tensors: What it holds.
  ///   - seed: The seed of the run.
  ///   - data: Identifies the data set, if it depends on one.
  ///   - inputs: The checkpoints it was made from.
  ///   - facts: Anything else worth knowing.
  public init(
    tensors: [String: Tensor], seed: UInt64, data: String? = nil,
    inputs: [LoadedCheckpoint] = [], facts: [String: String] = [:]
  ) {
    self.tensors = tensors
    metadata = facts
    metadata["formatVersion"] = Self.formatVersion
    metadata["seed"] = "\(seed)"
    metadata["data.sha256"] = data
    for input in inputs {
      metadata["input.\(input.url.lastPathComponent)"] = input.sha256
    }
  }

  /// The file's bytes.
  public func encoded() throws -> Data {
    try SafeTensors(tensors: tensors, metadata: metadata).encoded()
  }
}

/// A checkpoint as it lies on disk.
public struct LoadedCheckpoint: Sendable {
  /// Where it was read from.
  public let url: URL
  /// What it holds.
  public let contents: SafeTensors
  /// Identifies the file, so that later files can say what they came from.
  public let sha256: String

  /// Whether it comes from elsewhere, without any provenance: from PyTorch,
  /// for example.
  public var isForeign: Bool {
    ["formatVersion", "chapter", "seed"].allSatisfy {
      contents.metadata[$0] == nil
    }
  }

  /// Reads a safetensors file, of this package or from elsewhere.
  ///
  /// - Throws: A `TutorialError` if it is missing, damaged, or of another
  ///   version of this package.
  public init(_ url: URL) throws {
    let data = try readFile(url)
    self.url = url
    contents = try SafeTensors(decoding: data, name: url.path)
    sha256 = SHA256.hash(data)
    let version = contents.metadata["formatVersion"]
    guard version == Checkpoint.formatVersion || isForeign else {
      throw TutorialError(
        "\(url.path) is not a checkpoint of this tutorial (format version "
          + "\(version ?? "missing"), expected \(Checkpoint.formatVersion)).")
    }
  }

  /// Stands for a model in a file of another format, which says nothing of its
  /// provenance.
  package init(foreign url: URL, sha256: String) {
    self.url = url
    self.sha256 = sha256
    contents = SafeTensors(tensors: [:])
  }

  /// One entry of the metadata.
  public subscript(key: String) -> String? { contents.metadata[key] }
}
