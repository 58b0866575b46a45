extension Sequential {
  /// Checks that every layer can take what the one before it gives.
  ///
  /// A learner who edits the network should read one sentence, not a crash.
  ///
  /// - Parameter shape: The shape of one image, `[H, W, C]`.
  /// - Throws: A `TutorialError` with the first layer that does not fit, what
  ///   it takes and what it gets.
  public func validate(forImages shape: [Int]) throws {
    var shape = shape
    for (name, layer) in layers {
      if let problem = layer.problem(withInput: shape) {
        throw TutorialError(
          "Layer \(name) \(problem) and gets \(shape.times); change it in "
            + "Shared/Models/NotebookNetwork.swift.")
      }
      shape = layer.outputShape(for: shape)
    }
  }
}
