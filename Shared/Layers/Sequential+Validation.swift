extension Sequential {
  /// Checks that every layer can take what the one before it gives.
  ///
  /// A learner who edits the network should read one sentence, not a crash.
  ///
  /// - Parameters:
  ///   - shape: The shape of one image, `[H, W, C]`.
  ///   - classes: How many logits it must give; any number if nil.
  /// - Throws: A `TutorialError` with the first layer that does not fit, what
  ///   it takes and what it gets.
  public func validate(forImages shape: [Int], classes: Int? = nil) throws {
    var shape = shape
    for (name, layer) in layers {
      if let problem = layer.problem(withInput: shape) {
        throw TutorialError(
          "Layer \(name) \(problem) and gets \(shape.times); change it in "
            + "Shared/Models/NotebookNetwork.swift.")
      }
      shape = layer.outputShape(for: shape)
    }
    if let classes, shape != [classes] {
      throw TutorialError(
        "The network gives \(shape.times) numbers an image, and the data has "
          + "\(classes) classes; its last layer must give one for each.")
    }
  }
}
