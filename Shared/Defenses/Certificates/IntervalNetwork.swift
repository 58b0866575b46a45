/// A network made ready to compute bounds instead of numbers.
struct IntervalNetwork: Sendable {
  private enum Step: Sendable {
    /// No output falls when an input rises.
    case rising(any Layer)
    case affine(AffineBounds)
  }

  private var steps: [Step] = []

  /// - Parameters:
  ///   - model: The network.
  ///   - imageShape: The shape of one image.
  /// - Throws: A `TutorialError` that names the first layer that does not fit
  ///   the images, or for which there are no bounds.
  init(_ model: Sequential, imageShape: [Int]) throws {
    var shape = imageShape
    for (name, layer) in model.layers {
      let problem =
        layer is Flatten && shape.count != 3
        ? "takes images" : layer.problem(withInput: shape)
      if let problem {
        throw TutorialError(
          "Layer \(name) \(problem) and gets \(shape.times); give it images "
            + "of the size that the network is made for.")
      }
      steps.append(try Self.step(name, layer, shape))
      shape = layer.outputShape(for: shape)
    }
  }

  /// How a layer's bounds are found, if one of its inputs has that shape.
  private static func step(
    _ name: String, _ layer: any Layer, _ inputShape: [Int]
  ) throws -> Step {
    switch layer {
    case let layer as Linear:
      return .affine(AffineBounds(layer))
    case let layer as Conv2D:
      return .affine(AffineBounds(layer, imageShape: inputShape))
    case let layer as Normalize:
      // Else infinity times 0 might hide behind a ReLU, or outputs fall.
      let scale = 1 / layer.standardDeviation
      guard scale > 0, scale < 0x1p60, abs(layer.mean * scale) < 0x1p60 else {
        throw TutorialError(
          "Layer \(name) normalizes by a mean of \(layer.mean) and a standard "
            + "deviation of \(layer.standardDeviation); take those of the "
            + "pixels of the training images.")
      }
      return .rising(layer)
    case is ReLU, is MaxPool2D, is Flatten, is Dropout:
      return .rising(layer)
    default:
      throw TutorialError(
        "Layer \(name) is a \(type(of: layer)), for which there are no "
          + "interval bounds; take a network of Normalize, Conv2D, Linear, "
          + "ReLU, MaxPool2D, Flatten and Dropout.")
    }
  }

  /// Bounds of what the network computes in inference mode, for all images of a
  /// box.
  ///
  /// - Parameters:
  ///   - box: The images.
  ///   - count: How many layers to go through; all if nil.
  /// - Returns: Bounds of what the last of them gives.
  func bounds(of box: IntervalBounds, throughLayers count: Int? = nil)
    -> IntervalBounds
  {
    steps.prefix(count ?? steps.count).reduce(box) { box, step in
      switch step {
      case .rising(let layer): box.mapped(by: layer)
      case .affine(let bounds): bounds(box)
      }
    }
  }
}
