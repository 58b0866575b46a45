@testable import Shared

/// Networks and points of boxes for tests of interval bounds.
enum IntervalSamples {
  /// Networks for images `[N, 8, 8, 1]` that have, together, every kind of
  /// layer for which there are bounds.
  static let networks: [Sequential] = {
    var generator = SeededGenerator(seed: 11)
    return [
      Sample.smallNetwork(seed: 1),
      [
        "normalize": Normalize.mnist,
        "conv1": Conv2D(
          1, 5, kernelSize: 4, padding: 1, stride: 2, using: &generator),
        "relu1": ReLU(),
        "conv2": Conv2D(
          5, 6, kernelSize: 4, padding: 1, stride: 2, using: &generator),
        "relu2": ReLU(),
        "flatten": Flatten(),
        "fc": Linear(24, 10, using: &generator),
      ],
      [
        // The second convolution goes Winograd's way.
        "normalize": Normalize.mnist,
        "conv1": Conv2D(1, 16, kernelSize: 3, padding: 1, using: &generator),
        "relu1": ReLU(),
        "conv2": Conv2D(16, 16, kernelSize: 3, padding: 1, using: &generator),
        "relu2": ReLU(),
        "pool": MaxPool2D(2),
        "flatten": Flatten(),
        "fc": Linear(256, 10, using: &generator),
      ],
      [
        "conv": Conv2D(1, 7, kernelSize: 3, using: &generator),
        "pool": MaxPool2D(3),
        "flatten": Flatten(),
        "fc1": Linear(28, 12, using: &generator),
        "relu": ReLU(),
        "fc2": Linear(12, 10, using: &generator),
      ],
    ]
  }()

  /// Images of the box around one image, every other one a corner.
  static func points(
    around image: Tensor, _ epsilon: Float, count: Int, seed: UInt64
  ) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    var scalars: [Float] = []
    for point in 0..<count {
      for pixel in image.scalars {
        let noise =
          point % 2 == 0 ? generator.coin() : generator.uniform(within: 1)
        scalars.append(
          projected(pixel + epsilon * noise, around: pixel, epsilon))
      }
    }
    return Tensor(
      shape: [count] + image.shape.dropFirst(), scalars: scalars)
  }

  /// How many numbers of the rows lie outside their bounds.
  static func outside(
    _ rows: Tensor, lower: ArraySlice<Float>, upper: ArraySlice<Float>
  ) -> Int {
    let (lower, upper) = (Array(lower), Array(upper))
    return rows.scalars.indices.count { index in
      let column = index % lower.count
      // Written so that not-a-number lies outside.
      return
        !(rows.scalars[index] >= lower[column]
        && rows.scalars[index] <= upper[column])
    }
  }
}

/// Interval bounds as slowly and as obviously as possible, in `Double`.
///
/// Weights above zero take an input's own end to the output's, weights below
/// zero the other end. This shares no formula and no code with the library.
struct SlowIntervals {
  var lower: ExactTensor
  var upper: ExactTensor

  /// The box around some images.
  init(around images: Tensor, _ epsilon: Float) {
    lower = ExactTensor(images).map { max($0 - Double(epsilon), 0) }
    upper = ExactTensor(images).map { min($0 + Double(epsilon), 1) }
  }

  /// The bounds behind some layers of a network.
  init(
    _ layers: some Sequence<(name: String, layer: any Layer)>,
    around images: Tensor, _ epsilon: Float
  ) {
    self.init(around: images, epsilon)
    for (_, layer) in layers { pass(layer) }
  }

  private mutating func pass(_ layer: any Layer) {
    switch layer {
    case let layer as Normalize:
      map {
        Reference.normalize(
          $0, mean: Double(layer.mean),
          standardDeviation: Double(layer.standardDeviation))
      }
    case let layer as Conv2D:
      passSums(layer.weight, layer.bias) {
        Reference.convolution(
          $0, weight: $1, bias: $2, padding: layer.padding,
          stride: layer.stride)
      }
    case let layer as Linear:
      passSums(layer.weight, layer.bias) {
        Reference.linear($0, weight: $1, bias: $2)
      }
    case is ReLU: map(Reference.relu)
    case let layer as MaxPool2D:
      map { Reference.maxPool($0, size: layer.size).output }
    case is Flatten: map(Reference.flatten)
    default: precondition(layer is Dropout, "\(layer) is not known here")
    }
  }

  private mutating func map(_ transform: (ExactTensor) -> ExactTensor) {
    (lower, upper) = (transform(lower), transform(upper))
  }

  private mutating func passSums(
    _ weight: Tensor, _ bias: Tensor,
    _ sums: (_ input: ExactTensor, _ weight: ExactTensor, _ bias: ExactTensor)
      -> ExactTensor
  ) {
    let above = ExactTensor(weight).map { max($0, 0) }
    let below = ExactTensor(weight).map { min($0, 0) }
    let bias = ExactTensor(bias)
    let zero = bias.map { _ in 0 }
    func end(_ own: ExactTensor, _ other: ExactTensor) -> ExactTensor {
      var result = sums(own, above, bias)
      let rest = sums(other, below, zero)
      for i in result.scalars.indices { result.scalars[i] += rest.scalars[i] }
      return result
    }
    (lower, upper) = (end(lower, upper), end(upper, lower))
  }
}
