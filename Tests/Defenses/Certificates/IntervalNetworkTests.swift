import Testing

@testable import Shared

@Suite struct IntervalNetworkTests {
  private let images = Sample.batch(5, height: 8, width: 8, seed: 1).images

  @Test(arguments: IntervalSamples.networks.indices, [0.01, 0.1] as [Float])
  func `no point of a box leaves the bounds`(index: Int, epsilon: Float) throws
  {
    let model = IntervalSamples.networks[index]
    let bounds = try model.intervalBounds(on: images, epsilon: .pixels(epsilon))
    for row in 0..<5 {
      // 10,000 for every network.
      let points = IntervalSamples.points(
        around: images.rows([row]), epsilon, count: 1000, seed: UInt64(row))
      let outside = IntervalSamples.outside(
        model.logits(of: points), lower: bounds.lower.row(row),
        upper: bounds.upper.row(row))
      #expect(outside == 0)
    }
  }

  @Test(arguments: IntervalSamples.networks.indices, [0.05, 0.3] as [Float])
  func `bounds are those of exact arithmetic, a little wider`(
    index: Int, epsilon: Float
  ) throws {
    let model = IntervalSamples.networks[index]
    let bounds = try model.intervalBounds(on: images, epsilon: .pixels(epsilon))
    let exact = SlowIntervals(model.layers, around: images, epsilon)
    expectClose(bounds.lower, exact.lower, relative: 0.004, "lower")
    expectClose(bounds.upper, exact.upper, relative: 0.004, "upper")
    // The exact ones normalize pixels by numbers that are not rounded.
    let rounding = 1e-6
    for (bound, exact) in zip(bounds.lower.scalars, exact.lower.scalars) {
      #expect(Double(bound) < exact + rounding)
    }
    for (bound, exact) in zip(bounds.upper.scalars, exact.upper.scalars) {
      #expect(Double(bound) > exact - rounding)
    }
  }

  @Test(arguments: IntervalSamples.networks.indices)
  func `without room the bounds close in on the logits`(index: Int) throws {
    let model = IntervalSamples.networks[index]
    let (lower, upper) = try model.intervalBounds(
      on: images, epsilon: .pixels(0))
    let logits = model.logits(of: images)
    for i in logits.scalars.indices {
      #expect(lower.scalars[i] <= logits.scalars[i])
      #expect(logits.scalars[i] <= upper.scalars[i])
      #expect(upper.scalars[i] - lower.scalars[i] < 0.05)
    }
  }

  @Test func `bounds by hand`() throws {
    let (lower, upper) = try HandSized.model.intervalBounds(
      on: HandSized.image, epsilon: HandSized.epsilon)
    expectClose(
      lower.scalars.map(Double.init), HandSized.lower, relative: 1e-5)
    expectClose(
      upper.scalars.map(Double.init), HandSized.upper, relative: 1e-5)
  }

  @Test func `a layer without bounds is named`() {
    expectSentence("Layer norm1 is a BatchNormalization") {
      _ = try Sample.normalizedNetwork.intervalBounds(
        on: images, epsilon: .pixels(0.1))
    }
  }

  @Test(
    arguments: [
      ([2, 10, 10, 1], "Layer fc1 takes 48 numbers"),
      ([2, 8, 8, 3], "Layer conv1 takes images with 1 channels"),
      ([2, 64], "Layer conv1 takes images with 1 channels"),
      ([2, 1, 1, 1], "Layer pool1 takes images of at least 2"),
    ])
  func `images that do not fit are refused`(shape: [Int], text: String) {
    expectSentence(text) {
      _ = try Sample.smallNetwork(seed: 1).intervalBounds(
        on: Tensor(shape: shape), epsilon: .pixels(0.1))
    }
  }

  @Test func `rows cannot be flattened`() {
    expectSentence("Layer flatten takes images and gets 2") {
      _ = try HandSized.model.intervalBounds(
        on: Tensor(shape: [3, 2]), epsilon: .pixels(0.1))
    }
  }

  @Test(arguments: [1.5, -0.1, .nan, .infinity] as [Float])
  func `pixels outside their range are refused`(pixel: Float) {
    var images = images
    images.scalars[70] = pixel
    expectSentence("take pixels in 0...1") {
      _ = try Sample.smallNetwork(seed: 1).intervalBounds(
        on: images, epsilon: .pixels(0.1))
    }
  }

  @Test func `a mean that is no number is refused`() {
    let model: Sequential = [
      "normalize": Normalize(mean: .nan, standardDeviation: 1), "relu": ReLU(),
    ]
    expectSentence("Layer normalize normalizes by a mean of nan") {
      _ = try model.intervalBounds(on: images, epsilon: .pixels(0.1))
    }
  }
}

/// A network for images of two pixels, and what its bounds are.
///
/// The pixels 0.5 and 0.25 move by 0.25, to 0.25...0.75 and 0...0.5. With
///
///     h₀ = relu(x₀ − x₁)       0.25 − 0.5 ... 0.75 − 0   so 0...0.75
///     h₁ = relu(2 x₀ − 1)      0.5 − 1 ... 1.5 − 1       so 0...0.5
///
/// the logits are
///
///     z₀ = h₀ + h₁ + 1         1 ... 2.25
///     z₁ = h₀ − h₁             −0.5 ... 0.75
///
/// Their bounds are 1 − 0.75 = 0.25 apart. But z₀ − z₁ = 2 h₁ + 1 is at least
/// 1, and at most 2.
enum HandSized {
  static let model: Sequential = [
    "flatten": Flatten(),
    "fc1": Linear(
      weight: Tensor(shape: [2, 2], scalars: [1, -1, 2, 0]),
      bias: Tensor([0, -1])),
    "relu": ReLU(),
    "fc2": Linear(
      weight: Tensor(shape: [2, 2], scalars: [1, 1, 1, -1]),
      bias: Tensor([1, 0])),
  ]
  static let image = Tensor(shape: [1, 1, 2, 1], scalars: [0.5, 0.25])
  static let epsilon = Epsilon.pixels(0.25)
  static let lower = [1, -0.5]
  static let upper = [2.25, 0.75]
  /// The least lead of each class.
  static let margins = [1.0, -2.0]
}
