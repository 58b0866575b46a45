import Testing

@testable import Shared

@Suite struct InitializationTests {
  private func weights(fanIn: Int, seed: UInt64 = 1) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .kaimingUniform([100, 300], fanIn: fanIn, using: &generator)
  }

  @Test(arguments: [9, 288, 3136, 128])
  func `weights are uniform within one over the root of the fan-in`(
    _ fanIn: Int
  ) {
    let weights = weights(fanIn: fanIn)
    let bound = 1 / Double(fanIn).squareRoot()
    let count = Double(weights.count)
    #expect(weights.shape == [100, 300])
    #expect(Double(weights.maximumMagnitude) <= bound * (1 + 1e-6))
    #expect(Double(weights.maximumMagnitude) > 0.999 * bound)
    // Five standard deviations of the mean, and of the variance, of a uniform
    // distribution.
    let variance = bound * bound / 3
    #expect(abs(weights.mean) < 5 * (variance / count).squareRoot())
    let meanSquare = weights.norm * weights.norm / count
    #expect(
      abs(meanSquare - variance) < 5 * variance * (0.8 / count).squareRoot())
  }

  @Test func `the same seed gives the same bits, another seed others`() {
    #expect(weights(fanIn: 9, seed: 7) == weights(fanIn: 9, seed: 7))
    #expect(weights(fanIn: 9, seed: 7) != weights(fanIn: 9, seed: 8))
  }

  @Test func `layers count their fan-in themselves`() {
    var generator = SeededGenerator(seed: 1)
    let convolution = Conv2D(32, 64, kernelSize: 3, using: &generator)
    let linear = Linear(3136, 128, using: &generator)
    for (tensor, fanIn) in [
      (convolution.weight, 288), (convolution.bias, 288),
      (linear.weight, 3136), (linear.bias, 3136),
    ] {
      let bound = 1 / Float(fanIn).squareRoot()
      #expect(tensor.maximumMagnitude <= bound * (1 + 1e-6))
      #expect(tensor.maximumMagnitude > 0.9 * bound)
    }
  }
}
