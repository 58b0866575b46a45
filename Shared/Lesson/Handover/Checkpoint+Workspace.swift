import Shared

extension Checkpoint {
  /// What one chapter leaves for the next.
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
    self.init(
      tensors: tensors, seed: seed, data: data, inputs: inputs, facts: facts)
    metadata["chapter"] = chapter
  }

  /// Writes the file, whole or not at all, and reads it back.
  @discardableResult
  public func save(to workspace: Workspace, as name: String) throws
    -> LoadedCheckpoint
  {
    try workspace.write(encoded(), to: name)
    return try workspace.load(name)
  }
}
