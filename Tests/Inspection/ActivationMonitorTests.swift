import Testing

@testable import Shared

@Suite struct ActivationMonitorTests {
  private let model: Sequential = [
    "fc": Linear(
      weight: Tensor(shape: [2, 1], scalars: [1, -1]), bias: Tensor([0, -1])),
    "relu": ReLU(),
  ]

  @Test func `statistics of a case small enough to check on paper`() {
    var monitor = ActivationMonitor()
    // fc gives (1, −2), (3, −4); relu gives (1, 0), (3, 0).
    monitor.watch(model, on: Tensor(shape: [2, 1], scalars: [1, 3]))
    let relu = monitor.layers[1]
    #expect(relu.name == "relu")
    #expect(relu.shape == [2])
    #expect(relu.images == 2)
    #expect(relu.mean == 1)
    #expect(relu.standardDeviation == (1.5).squareRoot())
    #expect(relu.minimum == 0 && relu.maximum == 3)
    #expect(relu.zeroShare == 0.5)
    #expect(relu.deadUnits == 1)
    #expect(monitor.layers[0].minimum == -4)
  }

  @Test func `watching in pieces is watching at once`() {
    let images = Tensor((0..<120).map { Float($0) / 60 - 1 })
      .reshaped(to: [120, 1])
    var whole = ActivationMonitor()
    whole.watch(model, on: images)
    var pieces = ActivationMonitor()
    pieces.watch(model, on: images.rows(0..<50))
    pieces.watch(model, on: images.rows(50..<120))
    #expect(whole.layers == pieces.layers)
  }

  @Test func `an observed copy computes the same and the original is silent`()
    throws
  {
    let network = Sequential.notebookNetwork(seed: 3)
    let images = Tensor(shape: [2, 28, 28, 1], repeating: 0.5)
    let activations = network.activations(of: images)
    #expect(activations.map(\.name) == network.layers.map(\.name))
    #expect(activations.last?.output == network(images))
    #expect(network.observer == nil)
  }

  @Test func `drift is the relative length of the change`() {
    let drift = model.drift(
      from: Tensor(shape: [1, 1], scalars: [1]),
      to: Tensor(shape: [1, 1], scalars: [2]))
    // relu: (1, 0) → (2, 0).
    #expect(drift.map(\.name) == ["fc", "relu"])
    #expect(drift[1].relativeDistance == 1)
    #expect(abs(drift[0].relativeDistance - (2.0 / 5).squareRoot()) < 1e-6)
  }

  @Test func `channels and filters become images`() {
    let image = Tensor(shape: [1, 1, 2, 2], scalars: [1, 2, 3, 4])
    #expect(image.channelsAsImages.scalars == [1, 3, 2, 4])
    #expect(image.channelsAsImages.shape == [2, 1, 2, 1])
    let filters = Tensor(
      shape: [2, 2, 1, 1], scalars: [1, 2, 3, 4]
    ).filtersAsImages
    #expect(filters.scalars == [1, 3])
  }
}
