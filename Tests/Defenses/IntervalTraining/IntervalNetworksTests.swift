import Testing

@testable import Shared

@Suite struct IntervalNetworksTests {
  @Test func `it takes digits and gives ten logits`() throws {
    let network = Sequential.intervalNetwork(seed: 1)
    try network.validate(forImages: [28, 28, 1], classes: 10)
    #expect(
      network.parameters.map(\.name) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
        "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias",
      ])
    // 16·(16 + 1) + 32·(16·16 + 1) + 80·(32·11·11 + 1) + 10·(80 + 1)
    #expect(network.parameterCount == 319_146)
    let letters = Sequential.intervalNetwork(
      seed: 1, classes: 26,
      normalize: Normalize(mean: 0.5, standardDeviation: 0.25))
    try letters.validate(forImages: [28, 28, 1], classes: 26)
    #expect((letters["normalize"] as? Normalize)?.mean == 0.5)
  }

  @Test func `weights are normal with deviation √(2π) over the fan-in`() {
    let parameters = Sequential.intervalNetwork(seed: 1).parameters
    let fanIns = [16.0, 256, 3872, 80]
    for (index, fanIn) in fanIns.enumerated() {
      let weight = parameters[2 * index].value
      let bias = parameters[2 * index + 1].value
      let count = Double(weight.count)
      let deviation = (2 * Double.pi).squareRoot() / fanIn
      let measured = weight.norm / count.squareRoot()
      // Five standard errors of a deviation, and of a mean.
      #expect(abs(measured / deviation - 1) < 5 / (2 * count).squareRoot())
      #expect(abs(weight.mean) < 5 * deviation / count.squareRoot())
      #expect(bias.maximumMagnitude == 0)
      // A uniform distribution of that deviation ends at √3 deviations.
      #expect(Double(weight.maximumMagnitude) > 2 * deviation)
    }
  }

  @Test func `the same seed gives the same bits, another seed others`() {
    func weights(_ seed: UInt64) -> [Tensor] {
      let parameters = Sequential.intervalNetwork(seed: seed).parameters
      return parameters.map(\.value).filter { $0.maximumMagnitude > 0 }
    }
    #expect(weights(1) == weights(1))
    #expect(zip(weights(1), weights(2)).allSatisfy { $0 != $1 })
  }

  @Test func `its bounds stay narrow, unlike those of ordinary weights`()
    throws
  {
    // The mean worst logit of a network that knows nothing.
    func width(_ network: Sequential) throws -> Double {
      let batch = Sample.batch(8, seed: 2)
      let pass = IntervalPass(
        try IntervalWeights(network), imageShape: [28, 28, 1])
      return pass.forward(batch, epsilon: 0.1).worstLogits.mean
    }
    var ordinary = Sequential.intervalNetwork(seed: 1)
    var generator = SeededGenerator(seed: 3)
    ordinary.visitParameters { _, value in
      guard value.shape.count > 1 else { return }
      value = .kaimingUniform(
        value.shape, fanIn: value.rowCount, using: &generator)
    }
    #expect(
      try width(ordinary) > 10 * width(Sequential.intervalNetwork(seed: 1)))
  }
}
