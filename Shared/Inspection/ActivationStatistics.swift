/// What a layer's outputs look like over many images.
public struct ActivationStatistics: Sendable, Equatable, Codable {
  /// The layer.
  public var name: String
  /// The shape of the output for one image.
  public var shape: [Int]
  /// The number of images seen.
  public var images = 0
  /// The smallest output.
  public var minimum = Float.infinity
  /// The largest output.
  public var maximum = -Float.infinity
  private var count = 0
  private var sum = 0.0
  private var sumOfSquares = 0.0
  private var zeros = 0
  /// For each unit, whether any image ever made it positive.
  private var everPositive: [Bool]

  init(name: String, shape: [Int]) {
    self.name = name
    self.shape = shape
    everPositive = Array(repeating: false, count: shape.last ?? 0)
  }

  /// The mean output.
  public var mean: Double { sum / Double(max(count, 1)) }

  /// The standard deviation of the outputs (divided by n, not n − 1).
  public var standardDeviation: Double {
    max(0, sumOfSquares / Double(max(count, 1)) - mean * mean).squareRoot()
  }

  /// The share of outputs that are exactly zero, 0...1.
  public var zeroShare: Double { Double(zeros) / Double(max(count, 1)) }

  /// How many units there are: channels of an image, or entries of a row.
  public var unitCount: Int { everPositive.count }

  /// The number of units that no image made positive at any pixel.
  ///
  /// After a ReLU such a unit is dead: it contributes nothing and, on these
  /// images, cannot learn.
  public var deadUnits: Int { everPositive.count { !$0 } }

  /// Takes in one more batch of outputs, `[N, …]`, the last axis the units.
  mutating func add(_ output: Tensor) {
    precondition(
      Array(output.shape.dropFirst()) == shape,
      "\(name) gave \(shape) before and \(output.shape) now")
    images += output.shape[0]
    count += output.count
    var unit = 0
    for value in output.scalars {
      sum += Double(value)
      sumOfSquares += Double(value) * Double(value)
      if value == 0 { zeros += 1 }
      if value > 0 { everPositive[unit] = true }
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      unit = unit + 1 == everPositive.count ? 0 : unit + 1
    }
  }
}

/// Watches a model while it works and keeps statistics of every layer.
public struct ActivationMonitor: Sendable {
  /// One entry a layer, in the order of the model.
  public private(set) var layers: [ActivationStatistics] = []

  /// A monitor that has seen nothing yet.
  public init() {}

  /// Runs the model over images and takes in what its layers put out.
  ///
  /// - Parameters:
  ///   - model: The model to watch; it stays as it is.
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  public mutating func watch(_ model: Sequential, on images: Tensor) {
    for range in Workers.shards(of: images.shape[0], size: 50) {
      let activations = model.activations(of: images.rows(range))
      for (index, (name, output)) in activations.enumerated() {
        if index == layers.count {
          layers.append(
            ActivationStatistics(
              name: name, shape: Array(output.shape.dropFirst())))
        }
        layers[index].add(output)
      }
    }
  }
}
