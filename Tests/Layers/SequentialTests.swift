import Testing

@testable import Shared

@Suite struct SequentialTests {
  let model = Sample.smallNetwork(seed: 1)
  let images = Sample.batch(3, height: 8, width: 8, seed: 2).images

  @Test func `forward applies the layers in order`() {
    let expected = model.layers.reduce(images) { $1.layer($0) }
    #expect(model(images) == expected)
    #expect(model.outputShape(for: [8, 8, 1]) == [10])
  }

  @Test func `parameters carry their layer's name`() {
    #expect(
      model.parameters.map(\.name) == [
        "conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias", "fc2.weight",
        "fc2.bias",
      ])
    #expect(model.parameterCount == 27 + 3 + 960 + 20 + 200 + 10)
    #expect(model["fc2"]?.parameterCount == 210)
    #expect(model["fc3"] == nil)
  }

  @Test func `visiting can change the parameters`() {
    var copy = model
    copy.visitParameters { name, value in
      if name == "fc2.bias" { value += Tensor(shape: [10], repeating: 1) }
    }
    let difference = copy(images) - model(images)
    expectClose(
      difference,
      ExactTensor(shape: [3, 10], scalars: Array(repeating: 1, count: 30)),
      relative: 1e-6)
  }

  @Test func `cost adds up over the layers`() {
    #expect(model.multiplyAdds(for: [8, 8, 1]) == 64 * 27 + 960 + 200)
  }

  @Test func `the gradients are the slopes of the whole network`() {
    // Float in, Float out: rounding shows in the slopes, so the tolerance is
    // wide; but a forgotten layer or a wrong order is far outside.
    let (_, cache) = model.forward(images, mode: .training(seed: 4))
    let direction = Sample.uniform([3, 10], seed: 5)
    let gradients = model.parameterGradients(direction, cache: cache)
    func loss(_ model: Sequential) -> Double {
      let output = model.forward(images, mode: .training(seed: 4)).output
      return ExactTensor(output).dot(ExactTensor(direction))
    }
    for (index, parameter) in model.parameters.enumerated() {
      let entries = (0..<min(10, parameter.value.count)).map {
        $0 * parameter.value.count / min(10, parameter.value.count)
      }
      let slopes = entries.map { entry in
        let ends = [Float(1), -1].map { sign in
          var moved = model
          moved.visitParameters { name, value in
            if name == parameter.name { value.scalars[entry] += sign * 0x1p-12 }
          }
          return loss(moved)
        }
        return (ends[0] - ends[1]) / 0x1p-11
      }
      expectClose(
        entries.map { Double(gradients[index].scalars[$0]) }, slopes,
        relative: 0.01, parameter.name)
    }
  }

  @Test func `equal layer names are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Sequential([(name: "twin", layer: ReLU()), ("twin", ReLU())])
    }
    expectMessage(of: result, contains: "twin")
  }
}
