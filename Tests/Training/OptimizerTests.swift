import Testing

@testable import Shared

@Suite struct OptimizerTests {
  @Test func `a gradient of another shape is refused by name`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var model = Sample.smallNetwork(seed: 1)
      var gradients = model.parameters.map(\.value)
      gradients[2] = Tensor(shape: [48, 20])
      var optimizer = SGD()
      optimizer.update(&model, with: gradients)
    }
    expectMessage(of: result, contains: "fc1.weight", "[20, 48]", "[48, 20]")
  }

  @Test func `a missing gradient is refused by name`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var model = Sample.smallNetwork(seed: 1)
      var optimizer = Adam()
      optimizer.update(&model, with: [])
    }
    expectMessage(of: result, contains: "conv1.weight", "missing")
  }
}
