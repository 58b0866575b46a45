import Testing

@testable import Shared

@Suite struct DropoutTests {
  let ones = Tensor(shape: [64, 157], repeating: 1)

  private func mask(_ rate: Float, seed: UInt64) -> Tensor {
    Dropout(rate).forward(ones, mode: .training(seed: seed)).output
  }

  @Test(arguments: [0.5, 0.2, 0.75] as [Float])
  func `forward and backward multiply by the same mask`(_ rate: Float) {
    let input = Sample.uniform(ones.shape, seed: 1)
    let gradient = Sample.uniform(ones.shape, seed: 2)
    let layer = Dropout(rate)
    let (output, cache) = layer.forward(input, mode: .training(seed: 9))
    // Dropout of ones shows the mask.
    let mask = ExactTensor(mask(rate, seed: 9))
    expectClose(
      output, Reference.dropout(ExactTensor(input), mask: mask),
      relative: 1e-7)
    expectClose(
      layer.inputGradient(gradient, cache: cache),
      Reference.dropout(ExactTensor(gradient), mask: mask), relative: 1e-7)
  }

  @Test func `the same seed drops the same inputs, another seed others`() {
    #expect(mask(0.5, seed: 3) == mask(0.5, seed: 3))
    #expect(mask(0.5, seed: 3) != mask(0.5, seed: 4))
  }

  @Test(arguments: [0.5, 0.2, 0.75] as [Float])
  func `survivors are scaled so that the mean stays`(_ rate: Float) {
    let mask = mask(rate, seed: 5)
    #expect(Set(mask.scalars) == [0, 1 / (1 - rate)])
    // The mean of n Bernoulli draws, scaled; four standard deviations.
    let spread = (Double(rate / (1 - rate)) / Double(mask.count)).squareRoot()
    #expect(abs(mask.mean - 1) < 4 * spread)
    #expect(abs(mask.mean - 1) > 0)
  }

  @Test func `every image has a mask of its own`() {
    let mask = mask(0.5, seed: 6)
    #expect(mask.rows(0..<1) != mask.rows(1..<2))
  }

  @Test func `in inference mode nothing happens`() {
    let input = Sample.uniform([3, 10], seed: 1)
    let (output, cache) = Dropout(0.5).forward(input, mode: .inference)
    #expect(output == input)
    #expect(cache == nil)
    #expect(Dropout(0.5).inputGradient(input, cache: cache) == input)
  }

  @Test func `a rate of zero drops nothing in training either`() {
    let input = Sample.uniform([3, 10], seed: 1)
    let output = Dropout(0).forward(input, mode: .training(seed: 1)).output
    #expect(output == input)
  }
}
