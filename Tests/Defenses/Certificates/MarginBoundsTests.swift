import Testing

@testable import Shared

@Suite struct MarginBoundsTests {
  private let images = Sample.batch(6, height: 8, width: 8, seed: 2).images

  @Test func `margins by hand`() throws {
    for (label, expected) in HandSized.margins.enumerated() {
      let margins = try HandSized.model.marginLowerBounds(
        on: Batch(images: HandSized.image, labels: [label]),
        epsilon: HandSized.epsilon)
      expectClose(margins, [expected], relative: 1e-5)
      #expect(margins[0] < expected)
    }
  }

  @Test(arguments: IntervalSamples.networks.indices, [0.01, 0.1] as [Float])
  func `margins are those of exact arithmetic, a little smaller`(
    index: Int, epsilon: Float
  ) throws {
    let model = IntervalSamples.networks[index]
    let labels = [0, 3, 9, 3, 1, 7]
    let margins = try model.marginLowerBounds(
      on: Batch(images: images, labels: labels), epsilon: .pixels(epsilon))
    let last = try #require(model.layers.last?.layer as? Linear)
    let box = SlowIntervals(
      model.layers.dropLast(), around: images, epsilon)
    let (weight, bias) = (ExactTensor(last.weight), ExactTensor(last.bias))
    let exact: [Double] = labels.enumerated().map { row, label in
      (0..<10).filter { $0 != label }.map { other -> Double in
        var sum = bias.scalars[label] - bias.scalars[other]
        for i in 0..<weight.shape[1] {
          let slope = weight[label, i] - weight[other, i]
          sum += min(slope * box.lower[row, i], slope * box.upper[row, i])
        }
        return sum
      }.reduce(.infinity, min)
    }
    expectClose(margins, exact, relative: 0.004)
    #expect(zip(margins, exact).allSatisfy { $0 < $1 + 1e-6 })
  }

  @Test func `they are better than the difference of two bounds`() throws {
    for model in IntervalSamples.networks {
      let epsilon = Epsilon.pixels(0.1)
      let batch = Batch(images: images, labels: [0, 1, 2, 3, 4, 5])
      let margins = try model.marginLowerBounds(on: batch, epsilon: epsilon)
      let bounds = try model.intervalBounds(on: images, epsilon: epsilon)
      var gaps = [Double](repeating: .infinity, count: batch.count)
      for (row, label) in batch.labels.enumerated() {
        for other in 0..<10 where other != label {
          let gap =
            Double(bounds.lower[row, label]) - Double(bounds.upper[row, other])
          gaps[row] = min(gaps[row], gap)
        }
      }
      #expect(zip(margins, gaps).allSatisfy { $0 > $1 })
    }
  }

  @Test(arguments: [.nan, .infinity, -.infinity, 3e38] as [Float])
  func `of such a last weight or bias nothing follows`(value: Float) throws {
    for (weight, bias) in [(value, Float(0)), (0, value)] {
      // The first class should win by 1.
      let model: Sequential = [
        "flatten": Flatten(),
        "fc": Linear(
          weight: Tensor(shape: [3, 2], scalars: [0, 0, 0, weight, 0, 0]),
          bias: Tensor([1, -abs(bias), 0])),
      ]
      let batch = Batch(
        images: Tensor(shape: [1, 1, 2, 1], repeating: 0.5), labels: [0])
      #expect(
        try model.marginLowerBounds(on: batch, epsilon: .pixels(0.1))
          == [-.infinity])
    }
  }

  @Test func `margins need a last linear layer and its classes`() throws {
    var model = HandSized.model
    expectSentence("of class 2, and the network has 2 classes") {
      _ = try model.marginLowerBounds(
        on: Batch(images: HandSized.image, labels: [2]), epsilon: .pixels(0))
    }
    model.layers.append((name: "end", layer: ReLU()))
    expectSentence("ends with layer end") {
      _ = try model.marginLowerBounds(
        on: Batch(images: HandSized.image, labels: [0]), epsilon: .pixels(0))
    }
  }
}
