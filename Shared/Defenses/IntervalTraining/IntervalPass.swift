/// A network made ready to carry boxes of images, forward and back.
///
/// Affine layers take a box as center and radius. ReLU and pooling grow with
/// each of their inputs, so they take its ends, each on its own (Gowal et al.
/// 2018, arXiv:1810.12715). Dropout is off.
struct IntervalPass: Sendable {
  /// What both passes of every step must remember.
  typealias Cache = [(first: [any Sendable], second: [any Sendable])]
  /// What some images contribute to the gradients of a layer's parameters.
  typealias Contributions = [(layer: Int, contribution: any Sendable)]

  /// Affine layers, or one layer that takes ends, which both networks hold.
  private struct Step: Sendable {
    /// What the center or the upper end passes through.
    var first: PreparedNetwork
    /// What the radius or the lower end passes through.
    var second: PreparedNetwork
    var takesEnds: Bool
  }

  private var steps: [Step] = []
  private let classes: Int

  /// - Parameters:
  ///   - weights: The network.
  ///   - imageShape: The shape of one image.
  init(_ weights: IntervalWeights, imageShape: [Int]) {
    classes = weights.classes
    let layers = weights.centers.layers.map(\.layer)
    var shape = imageShape
    var start = 0
    while start < layers.count {
      let takesEnds = Self.takesEnds(layers[start])
      let end =
        takesEnds
        ? start + 1
        : layers[start...].firstIndex(where: Self.takesEnds) ?? layers.count
      func prepared(_ network: Sequential) -> PreparedNetwork {
        PreparedNetwork(
          network, layers: start..<end, imageShape: shape,
          hasGradients: true)
      }
      steps.append(
        Step(
          first: prepared(weights.centers), second: prepared(weights.radii),
          takesEnds: takesEnds))
      for layer in layers[start..<end] { shape = layer.outputShape(for: shape) }
      start = end
    }
  }

  private static func takesEnds(_ layer: any Layer) -> Bool {
    layer is ReLU || layer is MaxPool2D
  }

  /// The worst logits of each image, `[N, classes]`, that of its label being 0,
  /// over all images within ε and 0...1; and what back must remember.
  func forward(_ batch: Batch, epsilon: Float)
    -> (worstLogits: Tensor, cache: Cache)
  {
    var box = TensorPair.box(around: batch.images, epsilon: epsilon)
    var cache: Cache = []
    for step in steps {
      if step.takesEnds { box = box.turned() }
      let first = step.first.forward(box.first, mode: .inference)
      let second = step.second.forward(box.second, mode: .inference)
      box = TensorPair(first: first.output, second: second.output)
      cache.append((first: first.cache, second: second.cache))
      if step.takesEnds { box = box.turned(scaledBy: 0.5) }
    }
    return (worstLogits(box, labels: batch.labels, classes: classes), cache)
  }

  /// What the images contribute to the gradients of the two networks'
  /// parameters.
  ///
  /// - Parameters:
  ///   - gradient: ∂loss/∂(worst logits), `[N, classes]`.
  ///   - labels: N class numbers.
  ///   - cache: That of their forward pass.
  /// - Returns: The contributions of every layer, from the last to the first.
  func back(_ gradient: Tensor, labels: [Int], cache: Cache)
    -> (centers: Contributions, radii: Contributions)
  {
    let margins = marginGradient(gradient, labels: labels, classes: classes)
    var gradient = TensorPair(first: margins, second: margins)
    var (centers, radii): (Contributions, Contributions) = ([], [])
    for (step, cache) in zip(steps, cache).reversed() {
      if step.takesEnds { gradient = gradient.turned(scaledBy: 0.5) }
      let first = step.first.visitBack(gradient.first, cache: cache.first) {
        centers.append(($0, $1))
      }
      let second = step.second.visitBack(gradient.second, cache: cache.second) {
        radii.append(($0, $1))
      }
      gradient = TensorPair(first: first, second: second)
      if step.takesEnds { gradient = gradient.turned() }
    }
    return (centers, radii)
  }
}
