extension Sequential {
  /// The model behind a layer that changes its images first.
  ///
  /// It is a model like any other, and every attack runs against it as it is.
  ///
  /// - Parameters:
  ///   - layer: What is done to the pixels, before they are normalized.
  ///   - name: What the layer is called; no other may be called so.
  /// - Returns: The layer and the model in one.
  public func defended(by layer: any Layer, named name: String) -> Sequential {
    var defended = Sequential([(name: name, layer: layer)] + layers)
    defended.observer = observer
    return defended
  }
}
