import Testing

@testable import Shared

@Suite struct LinearTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var count: Int
    var inputs: Int
    var outputs: Int

    init(_ count: Int, _ inputs: Int, _ outputs: Int) {
      (self.count, self.inputs, self.outputs) = (count, inputs, outputs)
    }

    var testDescription: String { "\(count) × \(inputs) → \(outputs)" }

    var layer: Linear {
      Linear(
        weight: Sample.uniform([outputs, inputs], seed: 1),
        bias: Sample.uniform([outputs], seed: 2))
    }

    var input: Tensor { Sample.uniform([count, inputs], seed: 3) }
    var outputGradient: Tensor { Sample.uniform([count, outputs], seed: 4) }
  }

  static let smallCases = [
    Case(1, 1, 1), Case(1, 7, 10), Case(3, 5, 1), Case(3, 4, 3),
  ]

  static let cases =
    smallCases + [
      Case(8, 37, 33), Case(17, 63, 10), Case(17, 19, 33), Case(33, 16, 1),
      Case(8, 128, 10), Case(3, 3136, 128),
    ]

  @Test(arguments: cases)
  func `forward equals the definition`(_ example: Case) {
    let layer = example.layer
    let expected = Reference.linear(
      ExactTensor(example.input), weight: ExactTensor(layer.weight),
      bias: ExactTensor(layer.bias))
    expectClose(layer(example.input), expected, relative: 1e-5, "output")
  }

  @Test(arguments: cases)
  func `gradients equal the chain rule written out`(_ example: Case) {
    let layer = example.layer
    let (_, cache) = layer.forward(example.input, mode: .inference)
    let gradient = example.outputGradient
    let parameters = layer.parameterGradients(gradient, cache: cache)
    let expected = Reference.linearGradients(
      ExactTensor(gradient), input: ExactTensor(example.input),
      weight: ExactTensor(layer.weight))
    expectClose(
      layer.inputGradient(gradient, cache: cache), expected.input,
      relative: 1e-5, "input gradient")
    #expect(parameters.count == 2)
    expectClose(parameters[0], expected.weight, relative: 1e-5, "weight")
    expectClose(parameters[1], expected.bias, relative: 1e-5, "bias")
  }

  @Test(arguments: smallCases)
  func `the chain rule written out is the slope`(_ example: Case) {
    let input = ExactTensor(example.input)
    let weight = ExactTensor(example.layer.weight)
    let bias = ExactTensor(example.layer.bias)
    let gradient = ExactTensor(example.outputGradient)
    func loss(_ input: ExactTensor, _ weight: ExactTensor, _ bias: ExactTensor)
      -> Double
    {
      Reference.linear(input, weight: weight, bias: bias).dot(gradient)
    }
    let exact = Reference.linearGradients(
      gradient, input: input, weight: weight)
    expectClose(
      exact.input, finiteDifferences(at: input) { loss($0, weight, bias) },
      relative: 1e-8, "input")
    expectClose(
      exact.weight, finiteDifferences(at: weight) { loss(input, $0, bias) },
      relative: 1e-8, "weight")
    expectClose(
      exact.bias, finiteDifferences(at: bias) { loss(input, weight, $0) },
      relative: 1e-8, "bias")
  }

  @Test func `sizes and cost follow from the weights`() {
    let layer = Linear(
      weight: Tensor(shape: [10, 128]), bias: Tensor(shape: [10]))
    #expect(layer.outputShape(for: [128]) == [10])
    #expect(layer.multiplyAdds(for: [128]) == 1280)
    #expect(layer.parameters.map(\.name) == ["weight", "bias"])
  }

  @Test func `a wrong number of inputs is refused with both shapes`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let layer = Linear(
        weight: Tensor(shape: [10, 128]), bias: Tensor(shape: [10]))
      _ = layer(Tensor(shape: [2, 127]))
    }
    expectMessage(of: result, contains: "[10, 128]", "[2, 127]")
  }
}
