import Synchronization

extension Sequential {
  /// A copy of the model that reports every layer's output as it is computed.
  ///
  /// The model itself is untouched: there is nothing to remove afterwards, and
  /// no way to leave a hook behind. ReLU and pooling are layers with names of
  /// their own, so their outputs are seen too.
  ///
  /// - Parameter observer: Called with each layer's name and its output.
  /// - Returns: A model that computes the same.
  public func observed(
    by observer: @escaping @Sendable (_ name: String, _ output: Tensor) -> Void
  ) -> Sequential {
    var copy = self
    copy.observer = observer
    return copy
  }

  /// The output of every layer for a batch, in order.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1.
  /// - Returns: Each layer's name with its output.
  public func activations(of images: Tensor)
    -> [(name: String, output: Tensor)]
  {
    let seen = Mutex<[(name: String, output: Tensor)]>([])
    let watched = observed { name, output in
      seen.withLock { $0.append((name, output)) }
    }
    _ = watched(images)
    return seen.withLock { $0 }
  }
}
