/// A network made ready for many passes over images of one size.
///
/// What can be prepared once is prepared once, and layers that can share a pass
/// do. It lives as long as a call and gives what `Sequential` gives layer by
/// layer, to the bit.
struct PreparedNetwork: Sendable {
  private enum Step: Sendable {
    case layer(any Layer)
    case convolution(PreparedConvolution)
  }

  /// Each with the number of its first layer, from which dropout draws, and the
  /// name of its last, whose output it computes.
  private var steps: [(index: Int, name: String, step: Step)] = []
  private let observer: (@Sendable (_ name: String, _ output: Tensor) -> Void)?
  /// The first step with parameters; nothing before it needs a gradient to
  /// learn.
  private let first: Int

  /// - Parameters:
  ///   - model: The network. One that is observed keeps each layer for itself.
  ///   - imageShape: The shape of one image.
  ///   - hasGradients: Whether gradients will be wanted.
  init(_ model: Sequential, imageShape: [Int], hasGradients: Bool) {
    let layers = model.layers.map(\.layer)
    observer = model.observer
    first = layers.firstIndex { $0.parameterCount > 0 } ?? 0
    // nil behind a layer that does not say what it makes of its input.
    var shape: [Int]? = imageShape
    var index = 0
    while index < layers.count {
      let isPooled =
        model.observer == nil && Self.isPooled(layers[(index + 1)...])
      let convolution = (layers[index] as? Conv2D).flatMap { layer in
        shape.flatMap { shape in
          PreparedConvolution(
            layer, imageShape: shape, isPooled: isPooled,
            hasGradients: hasGradients)
        }
      }
      let count = convolution != nil && isPooled ? 3 : 1
      steps.append(
        (
          index, model.layers[index + count - 1].name,
          convolution.map(Step.convolution) ?? .layer(layers[index])
        ))
      for _ in 0..<count {
        shape = shape.flatMap { shape in
          layers[index].problem(withInput: shape) == nil
            ? layers[index].outputShape(for: shape) : nil
        }
        index += 1
      }
    }
  }

  /// Whether ReLU and 2 × 2 pooling come next.
  private static func isPooled(_ next: ArraySlice<any Layer>) -> Bool {
    let two = Array(next.prefix(2))
    return two.count == 2 && two[0] is ReLU
      && (two[1] as? MaxPool2D)?.size == 2
  }

  /// The caches are the steps' own, in order.
  func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [any Sendable])
  {
    var tensor = input
    var caches: [any Sendable] = []
    caches.reserveCapacity(steps.count)
    for (index, name, step) in steps {
      switch step {
      case .layer(let layer):
        let result = layer.erasedForward(tensor, mode: mode.forLayer(index))
        tensor = result.output
        caches.append(result.cache)
      case .convolution(let convolution):
        let result = convolution.forward(tensor)
        tensor = result.output
        caches.append(result.cache)
      }
      observer?(name, tensor)
    }
    return (tensor, caches)
  }

  /// ∂loss/∂input, given ∂loss/∂output.
  func inputGradient(_ outputGradient: Tensor, cache: [any Sendable]) -> Tensor
  {
    walkBack(outputGradient, cache: cache, wantsInput: true) { _, _, _, _ in }
  }

  /// Visits the layers from the last to the first with parameters, each with its
  /// number in the model, the gradient of its output, and its cache.
  func visitBack(
    _ outputGradient: Tensor, cache: [any Sendable],
    _ body: (Int, any Layer, Tensor, any Sendable) -> Void
  ) {
    _ = walkBack(outputGradient, cache: cache, wantsInput: false, body)
  }

  private func walkBack(
    _ outputGradient: Tensor, cache: [any Sendable], wantsInput: Bool,
    _ body: (Int, any Layer, Tensor, any Sendable) -> Void
  ) -> Tensor {
    var gradient = outputGradient
    for (position, (index, _, step)) in steps.enumerated().reversed()
    where wantsInput || index >= first {
      let goesOn = wantsInput || index > first
      switch step {
      case .layer(let layer):
        body(index, layer, gradient, cache[position])
        guard goesOn else { continue }
        gradient = layer.erasedInputGradient(gradient, cache: cache[position])
      case .convolution(let convolution):
        guard let own = cache[position] as? PreparedConvolution.Cache else {
          preconditionFailure("a convolution was given another layer's cache")
        }
        gradient = convolution.unpooled(gradient, own)
        body(index, convolution.layer, gradient, own.convolution)
        guard goesOn else { continue }
        gradient = convolution.inputGradient(gradient, own)
      }
    }
    return gradient
  }
}
