/// Whether a forward pass is for use or for learning.
///
/// Only dropout cares. Its randomness is a function of the seed, so a training
/// pass can be repeated exactly.
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

  /// Calls `body` with the name and the value of each parameter, in order.
  mutating func visitParameters(
    _ body: (_ name: String, _ value: inout Tensor) -> Void)

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

  /// How many numbers training can change.
  public var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.value.count }
  }
}
