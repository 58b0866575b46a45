/// The two networks that a box passes through.
///
/// An affine layer maps a box with center c and radius r into one with center
/// W · c + b and radius |W| · r (Gowal et al. 2018, arXiv:1810.12715).
struct IntervalWeights: Sendable {
  /// The network itself, except that its last layer gives all margins.
  let centers: Sequential
  /// The same with the weights' magnitudes, and without biases.
  let radii: Sequential
  private let last: Linear

  /// Prepares a network.
  ///
  /// - Throws: A `TutorialError` that names a layer that bounds cannot pass.
  init(_ model: Sequential) throws {
    guard let last = model.layers.last?.layer as? Linear else {
      throw TutorialError(
        "Interval training needs a network whose last layer is linear, not "
          + "\(model.layers.last?.name ?? "one without layers").")
    }
    var layers = model.layers
    layers[layers.count - 1].layer = last.margins
    centers = Sequential(layers)
    radii = Sequential(
      try layers.map { (name: $0.name, layer: try radiusLayer(of: $0)) })
    self.last = last
  }

  /// How many classes there are.
  var classes: Int { last.weight.shape[0] }

  /// The gradients of one layer's parameters, from what the shards contribute.
  ///
  /// The slope of |w| is the sign of w.
  func parameterGradients(
    ofLayer index: Int, centers: [any Sendable], radii: [any Sendable]
  ) -> [Tensor] {
    let layer = self.centers.layers[index].layer
    var gradients = layer.erasedParameterGradients(from: centers)
    guard !gradients.isEmpty else { return [] }
    let ofMagnitudes = self.radii.layers[index].layer
      .erasedParameterGradients(from: radii)[0]
    addWithSigns(
      of: layer.parameters[0].value.scalars, ofMagnitudes.scalars,
      count: ofMagnitudes.count, to: &gradients[0].scalars)
    return index == self.centers.layers.count - 1
      ? last.gradients(fromMargins: gradients) : gradients
  }
}

/// What a radius passes through where a center passes through that layer.
private func radiusLayer(of named: (name: String, layer: any Layer)) throws
  -> any Layer
{
  switch named.layer {
  case let layer as Normalize:
    return Normalize(mean: 0, standardDeviation: layer.standardDeviation)
  case let layer as Conv2D:
    return Conv2D(
      weight: magnitude(of: layer.weight),
      bias: Tensor(shape: layer.bias.shape), padding: layer.padding,
      stride: layer.stride)
  case let layer as Linear:
    return Linear(
      weight: magnitude(of: layer.weight),
      bias: Tensor(shape: layer.bias.shape))
  case is Flatten, is Dropout, is ReLU, is MaxPool2D:
    return named.layer
  default:
    throw TutorialError(
      "Layer \(named.name) is a \(type(of: named.layer)); interval training "
        + "knows the bounds of Normalize, Conv2D, Linear, Flatten, Dropout, "
        + "ReLU and MaxPool2D.")
  }
}

private func magnitude(of weight: Tensor) -> Tensor {
  Tensor(
    shape: weight.shape,
    scalars: withoutSigns(weight.scalars, count: weight.count))
}
