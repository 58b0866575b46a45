extension Sequential {
  /// The model behind a layer that changes its images first.
  ///
  /// It is a model like any other, and every attack runs against it as it is.
  ///
  /// - Parameters:
  ///   - layer: What is done to the pixels, before they are normalized.
  ///   - name: What the layer is called; with a prime behind it where another one
  ///     is called so already.
  /// - Returns: The layer and the model in one.
  public func defended(by layer: any Layer, named name: String) -> Sequential {
    var free = name
    while layers.contains(where: { $0.name == free }) { free += "'" }
    var defended = Sequential([(name: free, layer: layer)] + layers)
    defended.observer = observer
    return defended
  }
}
