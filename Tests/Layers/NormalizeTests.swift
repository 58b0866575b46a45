import Testing

@testable import Shared

@Suite struct NormalizeTests {
  static let shapes = [[1, 1], [3, 7, 9, 1], [17, 5, 5, 3]]

  @Test(arguments: shapes)
  func `forward equals the definition`(_ shape: [Int]) {
    let layer = Normalize(mean: 0.1307, standardDeviation: 0.3081)
    let input = Sample.uniform(shape, seed: 1)
    let expected = Reference.normalize(
      ExactTensor(input), mean: 0.1307, standardDeviation: 0.3081)
    expectClose(layer(input), expected, relative: 1e-5)
  }

  @Test(arguments: shapes)
  func `the gradient is divided by the standard deviation`(_ shape: [Int]) {
    let layer = Normalize(mean: 0.1307, standardDeviation: 0.3081)
    let input = Sample.uniform(shape, seed: 1)
    let gradient = Sample.uniform(shape, seed: 2)

    let expected = finiteDifferences(at: ExactTensor(input)) {
      Reference.normalize($0, mean: 0.1307, standardDeviation: 0.3081)
        .dot(ExactTensor(gradient))
    }
    expectClose(
      layer.inputGradient(gradient, cache: ()), expected, relative: 1e-5)
  }

  @Test func `black and white become the field's well-known numbers`() {
    let layer = Normalize(mean: 0.1307, standardDeviation: 0.3081)
    let ends = layer(Tensor([0, 1])).scalars
    #expect(abs(ends[0] - -0.42421) < 1e-5)
    #expect(abs(ends[1] - 2.82149) < 1e-5)
  }
}
