/// Named layers, one after the other.
///
///     let model: Sequential = [
///       "conv1": Conv2D(…), "relu1": ReLU(), …
///     ]
///
/// The name of a layer is the first half of its parameters' names
/// (`conv1.weight`) and the name under which hooks see its output.
public struct Sequential: Layer, ExpressibleByDictionaryLiteral {
  /// The layers in the order in which they are applied.
  public var layers: [(name: String, layer: any Layer)]
  var observer: (@Sendable (_ name: String, _ output: Tensor) -> Void)?

  /// A network of the given layers, in order.
  public init(_ layers: [(name: String, layer: any Layer)]) {
    let names = layers.map(\.name)
    precondition(
      Set(names).count == names.count, "layer names must differ: \(names)")
    self.layers = layers
  }

  public init(dictionaryLiteral elements: (String, any Layer)...) {
    self.init(elements.map { (name: $0.0, layer: $0.1) })
  }

  /// The layer of that name.
  public subscript(name: String) -> (any Layer)? {
    layers.first { $0.name == name }?.layer
  }

  /// The cache holds each layer's own, in order.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [any Sendable])
  {
    var tensor = input
    var caches: [any Sendable] = []
    for (index, (name, layer)) in layers.enumerated() {
      let result = layer.erasedForward(tensor, mode: mode.forLayer(index))
      tensor = result.output
      caches.append(result.cache)
      observer?(name, tensor)
    }
    return (tensor, caches)
  }

  public func inputGradient(_ outputGradient: Tensor, cache: [any Sendable])
    -> Tensor
  {
    zip(layers, cache).reversed().reduce(outputGradient) { gradient, step in
      step.0.layer.erasedInputGradient(gradient, cache: step.1)
    }
  }

  public func parameterGradients(
    _ outputGradient: Tensor, cache: [any Sendable]
  ) -> [Tensor] {
    var gradients: [[Tensor]] = layers.map { _ in [] }
    walkBack(outputGradient, cache: cache) { index, gradient in
      gradients[index] = layers[index].layer.erasedParameterGradients(
        gradient, cache: cache[index])
    }
    WorkReport.send(
      passes: WorkReport.passesOfGradient * outputGradient.shape[0])
    return gradients.flatMap { $0 }
  }

  /// Visits layers from the last to the first with parameters, each with the
  /// gradient of its output.
  ///
  /// Nothing before that one has a use for a gradient.
  private func walkBack(
    _ outputGradient: Tensor, cache: [any Sendable],
    _ body: (_ index: Int, _ outputGradient: Tensor) -> Void
  ) {
    let first = layers.firstIndex { $0.layer.parameterCount > 0 } ?? 0
    var gradient = outputGradient
    for index in layers.indices.reversed() where index >= first {
      body(index, gradient)
      if index > first {
        gradient = layers[index].layer.erasedInputGradient(
          gradient, cache: cache[index])
      }
    }
  }

  public mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    for index in layers.indices {
      let prefix = layers[index].name
      layers[index].layer.visitParameters { name, value in
        body("\(prefix).\(name)", &value)
      }
    }
  }

  public mutating func visitBuffers(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {
    for index in layers.indices {
      let prefix = layers[index].name
      layers[index].layer.visitBuffers { name, value in
        body("\(prefix).\(name)", &value)
      }
    }
  }

  public var seesWholeBatch: Bool {
    layers.contains { $0.layer.seesWholeBatch }
  }

  public mutating func absorb(_ cache: [any Sendable]) {
    for index in layers.indices {
      layers[index].layer.erasedAbsorb(cache[index])
    }
  }

  public func outputShape(for inputShape: [Int]) -> [Int] {
    layers.reduce(inputShape) { $1.layer.outputShape(for: $0) }
  }

  public func multiplyAdds(for inputShape: [Int]) -> Int {
    var shape = inputShape
    return layers.reduce(0) { total, named in
      defer { shape = named.layer.outputShape(for: shape) }
      return total + named.layer.multiplyAdds(for: shape)
    }
  }
}

extension Mode {
  /// Each layer draws from a stream of its own.
  func forLayer(_ index: Int) -> Mode {
    guard case .training(let seed) = self else { return self }
    return .training(seed: derivedSeed(seed, .layer, index))
  }
}

// A list of different layers forgets each one's types. Caches and contributions
// always come back to the layer that made them, so the casts below cannot fail.
extension Layer {
  func erasedForward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: any Sendable)
  {
    forward(input, mode: mode)
  }

  func erasedInputGradient(
    _ outputGradient: Tensor, cache: any Sendable
  ) -> Tensor {
    inputGradient(outputGradient, cache: own(cache))
  }

  func erasedParameterGradients(
    _ outputGradient: Tensor, cache: any Sendable
  ) -> [Tensor] {
    parameterGradients(outputGradient, cache: own(cache))
  }

  func erasedContribution(
    _ outputGradient: Tensor, cache: any Sendable
  ) -> any Sendable {
    contribution(outputGradient, cache: own(cache))
  }

  func erasedParameterGradients(from contributions: [any Sendable])
    -> [Tensor]
  {
    parameterGradients(from: contributions.map { own($0) })
  }

  mutating func erasedAbsorb(_ cache: any Sendable) { absorb(own(cache)) }

  private func own<Value>(_ value: any Sendable) -> Value {
    guard let own = value as? Value else {
      preconditionFailure("\(Self.self) was given what is another layer's")
    }
    return own
  }
}
