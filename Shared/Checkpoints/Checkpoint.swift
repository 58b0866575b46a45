import Foundation

/// What one chapter leaves for the next, and where it came from.
public struct Checkpoint: Sendable {
  /// The version of the metadata below.
  public static let formatVersion = "1"

  /// The tensors.
  public var tensors: [String: Tensor]
  /// Facts about them, as text.
  public var metadata: [String: String]

  /// A checkpoint of one chapter.
  ///
  /// - Parameters:
  ///   - chapter: The chapter that makes it.
  ///   - tensors: What it holds.
  ///   - seed: The seed of the run.
  ///   - data: Identifies the data set, if it depends on one.
  ///   - inputs: The checkpoints it was made from.
  ///   - facts: Anything else worth knowing.
  public init(
    chapter: String, tensors: [String: Tensor], seed: UInt64,
    data: String? = nil, inputs: [LoadedCheckpoint] = [],
    facts: [String: String] = [:]
  ) {
    self.tensors = tensors
    metadata = facts
    metadata["formatVersion"] = Self.formatVersion
    metadata["chapter"] = chapter
    metadata["seed"] = "\(seed)"
    metadata["data.sha256"] = data
    for input in inputs {
      metadata["input.\(input.url.lastPathComponent)"] = input.sha256
    }
  }

  /// Writes the file, whole or not at all, and reads it back.
  @discardableResult
  public func save(to workspace: Workspace, as name: String) throws
    -> LoadedCheckpoint
  {
    let contents = SafeTensors(tensors: tensors, metadata: metadata)
    try workspace.write(contents.encoded(), to: name)
    return try workspace.load(name)
  }
}
