/// A network made ready for many passes over images of one size.
///
/// What can be prepared once is prepared once, and layers that can share a pass
/// do. It lives as long as a call and gives what `Sequential` gives layer by
/// layer, to the bit.
struct PreparedNetwork: Sendable {
  fileprivate enum Step: Sendable {
    case layer(any Layer)
    case convolution(PreparedConvolution)
  }

  /// Each with the number of its first layer, from which dropout draws, and the
  /// name of its last, whose output it computes.
  private var steps: [(index: Int, name: String, step: Step)] = []
  private let observer: (@Sendable (_ name: String, _ output: Tensor) -> Void)?
  /// The first layer that needs a gradient: the first with parameters, or the
  /// first of all if there are others before it.
  private let first: Int
  private let isBehindOthers: Bool

  /// - Parameters:
  ///   - model: The network. One that is observed keeps each layer for itself.
  ///   - range: Which of its layers; all unless others come in between.
  ///   - imageShape: The shape of one image.
  ///   - hasGradients: Whether gradients will be wanted.
  init(
    _ model: Sequential, layers range: Range<Int>? = nil, imageShape: [Int],
    hasGradients: Bool
  ) {
    let layers = model.layers.map(\.layer)
    let range = range ?? layers.indices
    observer = model.observer
    isBehindOthers = range.lowerBound > 0
    first =
      isBehindOthers
      ? range.lowerBound : layers.firstIndex { $0.parameterCount > 0 } ?? 0
    // nil behind a layer that does not say what it makes of its input.
    var shape: [Int]? = imageShape
    var index = range.lowerBound
    while index < range.upperBound {
      let isPooled =
        model.observer == nil
        && Self.isPooled(layers[(index + 1)..<range.upperBound])
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
    var gradient = outputGradient
    for (position, step) in steps.enumerated().reversed() {
      gradient = step.step.inputGradient(gradient, cache[position])
    }
    return gradient
  }

  /// Visits the layers from the last to the first that needs a gradient, each
  /// with what the images contribute to its parameters' gradients.
  ///
  /// - Returns: The gradient that arrives there.
  @discardableResult
  func visitBack(
    _ outputGradient: Tensor, cache: [any Sendable],
    _ body: (_ index: Int, _ contribution: any Sendable) -> Void
  ) -> Tensor {
    var gradient = outputGradient
    for (position, (index, _, step)) in steps.enumerated().reversed()
    where index >= first {
      body(index, step.contribution(gradient, cache[position]))
      guard index > first || isBehindOthers else { break }
      gradient = step.inputGradient(gradient, cache[position])
    }
    return gradient
  }
}

extension PreparedNetwork.Step {
  fileprivate func inputGradient(_ gradient: Tensor, _ cache: any Sendable)
    -> Tensor
  {
    switch self {
    case .layer(let layer):
      layer.erasedInputGradient(gradient, cache: cache)
    case .convolution(let convolution):
      convolution.inputGradient(gradient, .of(cache))
    }
  }

  fileprivate func contribution(_ gradient: Tensor, _ cache: any Sendable)
    -> any Sendable
  {
    switch self {
    case .layer(let layer):
      layer.erasedContribution(gradient, cache: cache)
    case .convolution(let convolution):
      convolution.parameterGradients(gradient, .of(cache))
    }
  }
}

extension PreparedConvolution.Cache {
  fileprivate static func of(_ cache: any Sendable) -> Self {
    guard let own = cache as? Self else {
      preconditionFailure("a convolution was given another layer's cache")
    }
    return own
  }
}
