import Testing

@testable import Shared

@Suite struct LayerTests {
  @Test func `calling a layer is its inference`() {
    let input = Sample.uniform([3, 10], seed: 1)
    #expect(Dropout(0.5)(input) == input)
  }

  @Test func `a layer has no parameters unless it says so`() {
    #expect(ReLU().parameters.isEmpty)
    #expect(ReLU().parameterCount == 0)
    #expect(ReLU().multiplyAdds(for: [7, 9, 3]) == 0)
    #expect(ReLU().outputShape(for: [7, 9, 3]) == [7, 9, 3])
  }

  @Test func `parameters come with names, values and a count`() {
    let layer = Linear(
      weight: Sample.uniform([3, 4], seed: 1),
      bias: Sample.uniform([3], seed: 2))
    #expect(layer.parameters.map(\.name) == ["weight", "bias"])
    #expect(layer.parameters.map(\.value) == [layer.weight, layer.bias])
    #expect(layer.parameterCount == 15)
  }

  @Test func `a convolution refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        Conv2D(
          weight: Tensor(shape: [5, 3, 3, 3]), bias: Tensor(shape: [5]),
          padding: 0), input: [2, 7, 9, 3], gradient: [2, 7, 9, 5])
    }
    expectMessage(
      of: result, contains: "had shape [2, 5, 7, 5]", "has [2, 7, 9, 5]")
  }

  @Test func `a linear layer refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        Linear(weight: Tensor(shape: [5, 3]), bias: Tensor(shape: [5])),
        input: [2, 3], gradient: [1, 5])
    }
    expectMessage(of: result, contains: "had shape [2, 5]", "has [1, 5]")
  }

  @Test func `pooling refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        MaxPool2D(2), input: [2, 7, 9, 3], gradient: [2, 3, 4, 2])
    }
    expectMessage(
      of: result, contains: "had shape [2, 3, 4, 3]", "has [2, 3, 4, 2]")
  }

  @Test func `flatten refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        Flatten(), input: [2, 7, 9, 3], gradient: [2, 7, 9, 3])
    }
    expectMessage(
      of: result, contains: "had shape [2, 189]", "has [2, 7, 9, 3]")
  }

  @Test func `a rectifier refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        ReLU(), input: [2, 3], gradient: [3, 2])
    }
    expectMessage(of: result, contains: "had shape [2, 3]", "has [3, 2]")
  }

  @Test func `dropout refuses a gradient of another shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      backward(
        Dropout(0.5), input: [2, 3], gradient: [3])
    }
    expectMessage(of: result, contains: "had shape [2, 3]", "has [3]")
  }
}

private func backward(_ layer: some Layer, input: [Int], gradient: [Int]) {
  let (_, cache) = layer.forward(Tensor(shape: input), mode: .training(seed: 1))
  _ = layer.inputGradient(Tensor(shape: gradient), cache: cache)
}
