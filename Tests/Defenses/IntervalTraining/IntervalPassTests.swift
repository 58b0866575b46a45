import Testing

@testable import Shared

@Suite struct IntervalPassTests {
  private func worstLogits(
    _ model: Sequential, _ batch: Batch, epsilon: Float
  ) throws -> Tensor {
    IntervalPass(
      try IntervalWeights(model),
      imageShape: Array(batch.images.shape.dropFirst())
    ).forward(batch, epsilon: epsilon).worstLogits
  }

  @Test(arguments: [0, 0.05, 0.3] as [Float])
  func `bounds equal those by lower and upper ends`(epsilon: Float) throws {
    let model = ReferenceInterval.model(seed: 1)
    let batch = Batch(
      images: Sample.batch(11, height: 6, width: 6, seed: 2).images,
      labels: (0..<11).map { $0 % 3 })
    let bounds = try worstLogits(model, batch, epsilon: epsilon)
    expectClose(
      bounds,
      ReferenceInterval(model).worstLogits(
        ExactTensor(batch.images), labels: batch.labels,
        epsilon: Double(epsilon)),
      relative: 1e-5)
    for (image, label) in batch.labels.enumerated() {
      #expect(bounds[image, label] == 0)
    }
  }

  @Test func `a box worked out by hand`() throws {
    // One pixel, x = 0.9 with ε = 0.2, hence in 0.7...1: z₀ = relu(2x − 1.6) is
    // in 0...0.4 and z₁ = relu(1 − x) in 0...0.3. With label 0 the upper bound
    // of z₁ − z₀ is 0.3 − 0, with label 1 that of z₀ − z₁ is 0.4 − 0.
    let model: Sequential = [
      "flatten": Flatten(),
      "fc1": Linear(
        weight: Tensor(shape: [2, 1], scalars: [2, -1]),
        bias: Tensor([-1.6, 1])),
      "relu": ReLU(),
      "fc2": Linear(
        weight: Tensor(shape: [2, 2], scalars: [1, 0, 0, 1]),
        bias: Tensor([0, 0])),
    ]
    let batch = Batch(
      images: Tensor(shape: [2, 1, 1, 1], scalars: [0.9, 0.9]), labels: [0, 1])
    expectClose(
      try worstLogits(model, batch, epsilon: 0.2),
      ExactTensor(shape: [2, 2], scalars: [0, 0.3, 0.4, 0]), relative: 1e-5)
  }

  @Test func `no image of the box is worse, pooling and dropout included`()
    throws
  {
    let model = Sample.smallNetwork(seed: 3)
    let batch = Sample.batch(6, height: 8, width: 8, seed: 4)
    let epsilon: Float = 0.1
    let bounds = try worstLogits(model, batch, epsilon: epsilon)
    var generator = SeededGenerator(seed: 5)
    var excess = -Float.infinity
    for trial in 0..<200 {
      // Corners of the box, and points inside it.
      let moved = batch.images.map { pixel in
        let move =
          trial % 2 == 0
          ? epsilon * generator.coin() : generator.uniform(within: epsilon)
        return min(max(pixel + move, 0), 1)
      }
      let logits = model(moved)
      for (image, label) in batch.labels.enumerated() {
        for j in 0..<10 {
          let margin = logits[image, j] - logits[image, label]
          excess = max(excess, margin - bounds[image, j])
        }
      }
    }
    // That of the label's own is 0.
    #expect(excess < 1e-4 && excess >= 0)
  }

  @Test func `a layer without bounds is named`() throws {
    var normalized = Sample.smallNetwork(seed: 1)
    normalized.layers.insert(("norm1", BatchNormalization(3)), at: 2)
    expectSentence("norm1 is a BatchNormalization") {
      _ = try IntervalWeights(normalized)
    }
    var rectified = Sample.smallNetwork(seed: 1)
    rectified.layers.append(("relu3", ReLU()))
    expectSentence("linear, not relu3") { _ = try IntervalWeights(rectified) }
  }

  @Test func `a label that no class has is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let pass = IntervalPass(
        try IntervalWeights(ReferenceInterval.model(seed: 1)),
        imageShape: [6, 6, 1])
      _ = pass.forward(
        Batch(images: Tensor(shape: [1, 6, 6, 1]), labels: [3]), epsilon: 0.1)
    }
    expectMessage(of: result, contains: "label 3 is not in 0..<3")
  }
}
