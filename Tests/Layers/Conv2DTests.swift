import Testing

@testable import Shared

@Suite struct Conv2DTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var count: Int
    var height: Int
    var width: Int
    var channels: (input: Int, output: Int)
    var kernelSize: Int
    var padding: Int
    var stride: Int

    init(
      _ count: Int, _ height: Int, _ width: Int, _ input: Int, _ output: Int,
      kernel: Int, padding: Int, stride: Int = 1
    ) {
      (self.count, self.height, self.width) = (count, height, width)
      channels = (input, output)
      (kernelSize, self.padding, self.stride) = (kernel, padding, stride)
    }

    var testDescription: String {
      "\(count) × \(height) × \(width) × \(channels.input) → "
        + "\(channels.output), kernel \(kernelSize), padding \(padding), "
        + "stride \(stride)"
    }

    var layer: Conv2D {
      let (input, output) = channels
      return Conv2D(
        weight: Sample.uniform(
          [output, input, kernelSize, kernelSize], seed: 1),
        bias: Sample.uniform([output], seed: 2), padding: padding,
        stride: stride)
    }

    var input: Tensor {
      Sample.uniform([count, height, width, channels.input], seed: 3)
    }

    var outputGradient: Tensor {
      Sample.uniform(
        [count] + layer.outputShape(for: [height, width, channels.input]),
        seed: 4)
    }
  }

  static let smallCases = [
    Case(1, 1, 1, 1, 1, kernel: 1, padding: 0),
    Case(1, 3, 3, 1, 1, kernel: 3, padding: 0),
    Case(1, 4, 5, 2, 3, kernel: 3, padding: 1),
    Case(3, 5, 4, 1, 2, kernel: 1, padding: 1),
    Case(1, 5, 6, 2, 1, kernel: 5, padding: 2),
    Case(2, 5, 6, 2, 3, kernel: 3, padding: 1, stride: 2),
    Case(1, 7, 6, 1, 2, kernel: 2, padding: 0, stride: 3),
  ]

  static let cases =
    smallCases + [
      Case(3, 7, 9, 3, 5, kernel: 3, padding: 1),
      Case(8, 7, 9, 3, 5, kernel: 5, padding: 2),
      Case(17, 7, 9, 1, 5, kernel: 3, padding: 0),
      Case(17, 7, 9, 5, 3, kernel: 1, padding: 2),
      Case(3, 9, 7, 1, 19, kernel: 5, padding: 1),
      Case(1, 6, 31, 2, 33, kernel: 3, padding: 2),
      Case(8, 28, 28, 1, 32, kernel: 3, padding: 1),
      Case(2, 14, 14, 32, 64, kernel: 3, padding: 1),
      // The strides of small certified networks, one that leaves pixels over,
      // and one that is wider than its window.
      Case(8, 28, 28, 1, 16, kernel: 4, padding: 1, stride: 2),
      Case(2, 14, 14, 16, 32, kernel: 4, padding: 1, stride: 2),
      Case(3, 9, 8, 16, 16, kernel: 3, padding: 1, stride: 2),
      Case(2, 11, 10, 32, 5, kernel: 1, padding: 0, stride: 3),
    ]

  @Test(arguments: cases)
  func `forward equals the definition`(_ example: Case) {
    let layer = example.layer
    let expected = Reference.convolution(
      ExactTensor(example.input), weight: ExactTensor(layer.weight),
      bias: ExactTensor(layer.bias), padding: layer.padding,
      stride: layer.stride)
    expectClose(layer(example.input), expected, relative: 1e-5, "output")
  }

  @Test(arguments: cases)
  func `gradients equal the chain rule written out`(_ example: Case) {
    let layer = example.layer
    let (_, cache) = layer.forward(example.input, mode: .inference)
    let gradient = example.outputGradient
    let parameters = layer.parameterGradients(gradient, cache: cache)
    let expected = Reference.convolutionGradients(
      ExactTensor(gradient), input: ExactTensor(example.input),
      weight: ExactTensor(layer.weight), padding: layer.padding,
      stride: layer.stride)
    expectClose(
      layer.inputGradient(gradient, cache: cache), expected.input,
      relative: 1e-5, "input gradient")
    #expect(parameters.count == 2)
    expectClose(parameters[0], expected.weight, relative: 1e-5, "weight")
    expectClose(parameters[1], expected.bias, relative: 1e-5, "bias")
  }

  @Test(arguments: smallCases)
  func `the chain rule written out is the slope`(_ example: Case) {
    let layer = example.layer
    let (padding, stride) = (layer.padding, layer.stride)
    let input = ExactTensor(example.input)
    let weight = ExactTensor(layer.weight)
    let bias = ExactTensor(layer.bias)
    let gradient = ExactTensor(example.outputGradient)
    func loss(_ input: ExactTensor, _ weight: ExactTensor, _ bias: ExactTensor)
      -> Double
    {
      Reference.convolution(
        input, weight: weight, bias: bias, padding: padding, stride: stride
      ).dot(gradient)
    }
    let exact = Reference.convolutionGradients(
      gradient, input: input, weight: weight, padding: padding,
      stride: stride)
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

  @Test func `PyTorch computes the same with stride 2`() throws {
    let expected = try PyTorchFixture.load().strided
    let model = PyTorchFixture.strided
    let (output, cache) = model.forward(
      PyTorchFixture.batch.images, mode: .inference)
    #expect(output.shape == [16, 7, 7, 32])
    // PyTorch lists channel after channel.
    try expectGradient(
      Flatten()(output), #require(expected["output"]), "output")
    try expectGradient(
      model.inputGradient(output, cache: cache), #require(expected["input"]),
      "input")
    let gradients = model.parameterGradients(output, cache: cache)
    for (parameter, gradient) in zip(model.parameters, gradients) {
      try expectGradient(
        gradient, #require(expected[parameter.name]), parameter.name)
    }
  }

  @Test func `the kernel is not flipped`() {
    var weight = Tensor(shape: [1, 1, 3, 3])
    weight[0, 0, 0, 1] = 1
    let layer = Conv2D(weight: weight, bias: Tensor([0.5]), padding: 1)
    let image = Tensor(shape: [1, 2, 2, 1], scalars: [1, 2, 3, 4])
    // The weight above the center brings down the pixel above.
    #expect(layer(image).scalars == [0.5, 0.5, 1.5, 2.5])
  }

  @Test func `sizes and cost follow from the input's shape`() {
    let layer = Conv2D(
      weight: Tensor(shape: [5, 3, 3, 3]), bias: Tensor(shape: [5]),
      padding: 0)
    #expect(layer.outputShape(for: [7, 9, 3]) == [5, 7, 5])
    #expect(layer.multiplyAdds(for: [7, 9, 3]) == 5 * 7 * 5 * 27)
    #expect(layer.parameters.map(\.name) == ["weight", "bias"])
    var strided = layer
    strided.stride = 2
    #expect(strided.outputShape(for: [7, 9, 3]) == [3, 4, 5])
    #expect(strided.multiplyAdds(for: [7, 9, 3]) == 3 * 4 * 5 * 27)
  }

  @Test func `a wrong number of channels is refused with both shapes`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let layer = Conv2D(
        weight: Tensor(shape: [5, 3, 3, 3]), bias: Tensor(shape: [5]),
        padding: 1)
      _ = layer(Tensor(shape: [2, 7, 9, 4]))
    }
    expectMessage(of: result, contains: "[5, 3, 3, 3]", "[2, 7, 9, 4]")
  }
}
