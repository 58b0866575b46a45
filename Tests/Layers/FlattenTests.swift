import Testing

@testable import Shared

@Suite struct FlattenTests {
  static let shapes = [
    [1, 1, 1, 1], [3, 7, 9, 5], [8, 7, 7, 64], [17, 2, 3, 1],
  ]

  @Test(arguments: shapes)
  func `forward equals the definition`(_ shape: [Int]) {
    let input = Sample.uniform(shape, seed: 1)
    let expected = Reference.flatten(ExactTensor(input))
    #expect(ExactTensor(Flatten()(input)) == expected)
  }

  @Test(arguments: shapes)
  func `the gradient goes back to where its number came from`(_ shape: [Int]) {
    let input = Sample.uniform(shape, seed: 1)
    let (output, cache) = Flatten().forward(input, mode: .inference)
    let gradient = Sample.uniform(output.shape, seed: 2)
    #expect(
      ExactTensor(Flatten().inputGradient(gradient, cache: cache))
        == Reference.flattenGradient(ExactTensor(gradient), shape: shape))
  }

  @Test func `the chain rule written out is the slope`() {
    let input = ExactTensor(Sample.uniform([2, 3, 2, 4], seed: 1))
    let gradient = ExactTensor(Sample.uniform([2, 24], seed: 2))
    expectClose(
      Reference.flattenGradient(gradient, shape: input.shape),
      finiteDifferences(at: input) { Reference.flatten($0).dot(gradient) },
      relative: 1e-8)
  }

  @Test func `a row lists one channel after the other`() {
    let image = Tensor(
      shape: [1, 2, 2, 2], scalars: [1, 10, 2, 20, 3, 30, 4, 40])
    #expect(
      Flatten()(image)
        == Tensor(shape: [1, 8], scalars: [1, 2, 3, 4, 10, 20, 30, 40]))
    #expect(Flatten().outputShape(for: [7, 7, 64]) == [3136])
  }
}
