import Testing

@testable import Shared

@Suite struct MaxPool2DTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var shape: [Int]
    var size: Int

    var testDescription: String { "\(shape) by \(size)" }

    var input: Tensor { Sample.distinct(shape, seed: 1) }
    var outputGradient: Tensor {
      let layer = MaxPool2D(size)
      let sizes = layer.outputShape(for: Array(shape.dropFirst()))
      return Sample.uniform([shape[0]] + sizes, seed: 2)
    }
  }

  static let cases = [
    Case(shape: [1, 2, 2, 1], size: 2),
    Case(shape: [1, 4, 6, 3], size: 2),
    Case(shape: [3, 7, 9, 1], size: 2),
    Case(shape: [3, 7, 9, 5], size: 3),
    Case(shape: [8, 4, 4, 33], size: 1),
    Case(shape: [17, 6, 5, 2], size: 5),
  ]

  @Test(arguments: cases)
  func `forward equals the definition`(_ example: Case) {
    let expected = Reference.maxPool(
      ExactTensor(example.input), size: example.size
    ).output
    #expect(ExactTensor(MaxPool2D(example.size)(example.input)) == expected)
  }

  @Test(arguments: cases)
  func `the gradient goes where the chain rule says`(_ example: Case) {
    let layer = MaxPool2D(example.size)
    let (_, cache) = layer.forward(example.input, mode: .inference)
    let actual = layer.inputGradient(example.outputGradient, cache: cache)
    let expected = Reference.maxPoolGradient(
      ExactTensor(example.outputGradient), input: ExactTensor(example.input),
      size: example.size)
    #expect(ExactTensor(actual) == expected)
  }

  @Test(arguments: cases.filter { $0.shape.reduce(1, *) < 500 })
  func `the chain rule written out is the slope`(_ example: Case) {
    let input = ExactTensor(example.input)
    let gradient = ExactTensor(example.outputGradient)
    expectClose(
      Reference.maxPoolGradient(gradient, input: input, size: example.size),
      finiteDifferences(at: input) {
        Reference.maxPool($0, size: example.size).output.dot(gradient)
      }, relative: 1e-8)
  }

  @Test func `a tie goes to the first pixel`() {
    let layer = MaxPool2D(2)
    // Four blocks: all equal, then ties that skip the first one, two, three.
    let image = Tensor(
      shape: [1, 4, 4, 1],
      scalars: [
        5, 5, 1, 7,
        5, 5, 7, 7,
        1, 2, 0, 0,
        9, 9, 0, 1,
      ])
    let (output, cache) = layer.forward(image, mode: .inference)
    #expect(output.scalars == [5, 7, 9, 1])
    let gradient = layer.inputGradient(
      Tensor(shape: [1, 2, 2, 1], scalars: [1, 2, 3, 4]), cache: cache)
    #expect(
      gradient.scalars == [
        1, 0, 0, 2,
        0, 0, 0, 0,
        0, 0, 0, 0,
        3, 0, 0, 4,
      ])
  }

  @Test func `ties are decided for each channel on its own`() {
    let layer = MaxPool2D(2)
    let image = Tensor(
      shape: [1, 2, 2, 2], scalars: [1, 0, 1, 3, 0, 3, 1, 3])
    let (output, cache) = layer.forward(image, mode: .inference)
    #expect(output.scalars == [1, 3])
    let gradient = layer.inputGradient(
      Tensor(shape: [1, 1, 1, 2], scalars: [1, 2]), cache: cache)
    #expect(gradient.scalars == [1, 0, 0, 2, 0, 0, 0, 0])
  }

  @Test func `leftover pixels at the edges are dropped and get no gradient`() {
    let layer = MaxPool2D(2)
    #expect(layer.outputShape(for: [7, 9, 5]) == [3, 4, 5])
    let image = Tensor(
      shape: [1, 3, 3, 1], scalars: [1, 2, 9, 3, 4, 9, 9, 9, 9])
    let (output, cache) = layer.forward(image, mode: .inference)
    #expect(output.scalars == [4])
    let gradient = layer.inputGradient(
      Tensor(shape: [1, 1, 1, 1], scalars: [1]), cache: cache)
    #expect(gradient.scalars == [0, 0, 0, 0, 1, 0, 0, 0, 0])
  }
}
