import Testing

@testable import Shared

@Suite struct ReLUTests {
  static let shapes = [[1, 1], [3, 10], [17, 33], [3, 7, 9, 5]]

  @Test(arguments: shapes)
  func `forward equals the definition`(_ shape: [Int]) {
    let input = Sample.uniform(shape, seed: 1)
    #expect(ExactTensor(ReLU()(input)) == Reference.relu(ExactTensor(input)))
  }

  @Test(arguments: shapes)
  func `the gradient passes above zero and stops below`(_ shape: [Int]) {
    let input = Sample.uniform(shape, seed: 1)
    let gradient = Sample.uniform(shape, seed: 2)
    let (_, cache) = ReLU().forward(input, mode: .inference)
    #expect(
      ExactTensor(ReLU().inputGradient(gradient, cache: cache))
        == Reference.reluGradient(
          ExactTensor(gradient), input: ExactTensor(input)))
  }

  @Test(arguments: shapes.prefix(2))
  func `the chain rule written out is the slope`(_ shape: [Int]) {
    let input = ExactTensor(Sample.awayFromZero(shape, seed: 1))
    let gradient = ExactTensor(Sample.uniform(shape, seed: 2))
    expectClose(
      Reference.reluGradient(gradient, input: input),
      finiteDifferences(at: input) { Reference.relu($0).dot(gradient) },
      relative: 1e-8)
  }

  @Test func `at exactly zero the slope is zero, as in PyTorch`() {
    let (output, cache) = ReLU().forward(
      Tensor([-1, -0.0, 0, 1]), mode: .inference)
    #expect(output.scalars == [0, 0, 0, 1])
    let gradient = ReLU().inputGradient(Tensor([1, 2, 3, 4]), cache: cache)
    #expect(gradient.scalars == [0, 0, 0, 4])
  }
}
