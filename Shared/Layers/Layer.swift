/// Whether a forward pass is for use or for learning.
///
/// Dropout cares, and batch normalization. Randomness is a function of the seed,
/// so a training pass can be repeated exactly.
public enum Mode: Sendable, Equatable {
  case inference
  case training(seed: UInt64)
}

/// One step of a network: a function with a derivative.
///
/// `forward` computes the output and returns, beside it, what the backward pass
/// will have to remember. The two backward functions apply the chain rule:
/// given ∂loss/∂output they return ∂loss/∂input and ∂loss/∂parameters. They are
/// separate because training needs both and an attack needs only the first.
///
/// A layer is a value. Passes change nothing in it, so any number of threads
/// may share one, and there is no training mode that could be left on.
public protocol Layer: Sendable {
  /// What backward must remember about one forward pass.
  associatedtype Cache: Sendable

  /// Applies the layer to a batch; the first axis counts the images.
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Cache)

  /// ∂loss/∂input, in the shape of the input.
  func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor

  /// ∂loss/∂parameter for each parameter, in the order of `visitParameters`.
  func parameterGradients(_ outputGradient: Tensor, cache: Cache) -> [Tensor]

  /// What some images of a batch contribute to the parameters' gradients; the
  /// gradients themselves, unless the layer says otherwise.
  associatedtype Contribution: Sendable = [Tensor]

  /// The contribution of the images of one forward pass.
  func contribution(_ outputGradient: Tensor, cache: Cache) -> Contribution

  /// The gradients of a batch from the contributions of its parts, in order.
  func parameterGradients(from contributions: [Contribution]) -> [Tensor]

  /// Calls `body` with the name and the value of each parameter, in order.
  mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void)

  /// The same for what training measures instead of learning it, which PyTorch
  /// calls buffers.
  mutating func visitBuffers(
    _ body: (_ name: String, _ value: inout Tensor) -> Void)

  /// Whether a training pass must see all images of a batch at once.
  var seesWholeBatch: Bool { get }

  /// Takes what a training pass over a whole batch has measured into the
  /// buffers.
  mutating func absorb(_ cache: Cache)

  /// The shape of the output for one image of shape `inputShape`.
  func outputShape(for inputShape: [Int]) -> [Int]

  /// Why the layer cannot take an image of shape `inputShape`; nil if it can.
  func problem(withInput inputShape: [Int]) -> String?

  /// How many multiply-adds one image of shape `inputShape` costs.
  func multiplyAdds(for inputShape: [Int]) -> Int
}

extension Layer {
  /// Applies the layer in inference mode.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    forward(input, mode: .inference).output
  }

  public func parameterGradients(_ outputGradient: Tensor, cache: Cache)
    -> [Tensor]
  { [] }

  public mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {}

  public mutating func visitBuffers(
    _ body: (_ name: String, _ value: inout Tensor) -> Void
  ) {}

  public var seesWholeBatch: Bool { false }

  public mutating func absorb(_ cache: Cache) {}

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  public func problem(withInput inputShape: [Int]) -> String? { nil }

  public func multiplyAdds(for inputShape: [Int]) -> Int { 0 }

  /// Stops at a gradient that does not fit the output for `inputShape`.
  ///
  /// Kernels read through pointers and check nothing, so layers must.
  func requireGradient(_ outputGradient: Tensor, forInput inputShape: [Int]) {
    let expected =
      inputShape.prefix(1) + outputShape(for: Array(inputShape.dropFirst()))
    precondition(
      outputGradient.shape == Array(expected),
      "the output of \(Self.self) had shape \(Array(expected)), its gradient "
        + "has \(outputGradient.shape)")
  }

  /// All parameters with their names.
  public var parameters: [(name: String, value: Tensor)] {
    var copy = self
    var all: [(name: String, value: Tensor)] = []
    copy.visitParameters { name, value in all.append((name, value)) }
    return all
  }

  /// All buffers with their names.
  public var buffers: [(name: String, value: Tensor)] {
    var copy = self
    var all: [(name: String, value: Tensor)] = []
    copy.visitBuffers { name, value in all.append((name, value)) }
    return all
  }

  /// How many numbers training can change.
  public var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.value.count }
  }
}

extension Layer where Contribution == [Tensor] {
  public func contribution(_ outputGradient: Tensor, cache: Cache) -> [Tensor] {
    parameterGradients(outputGradient, cache: cache)
  }

  public func parameterGradients(from contributions: [[Tensor]]) -> [Tensor] {
    var sum = contributions.first ?? []
    for contribution in contributions.dropFirst() {
      for index in sum.indices { sum[index] += contribution[index] }
    }
    return sum
  }
}
