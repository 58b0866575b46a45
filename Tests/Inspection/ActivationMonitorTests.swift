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
    #expect(relu.silentUnits == 1 && relu.unitCount == 2)
    #expect(monitor.layers[0].minimum == -4)
  }

  @Test func `a unit that one image switches on is not silent`() {
    // fc gives (1, −2) and (−2, 1): each unit is on once.
    let images = Tensor(shape: [2, 1], scalars: [1, -2])
    var monitor = ActivationMonitor()
    monitor.watch(model, on: images.rows(0..<1))
    #expect(monitor.layers[1].silentUnits == 1)
    monitor.watch(model, on: images.rows(1..<2))
    #expect(monitor.layers[1].silentUnits == 0)
  }

  @Test func `watching in pieces is watching at once`() {
    let images = Tensor((0..<300).map { Float($0) / 64 - 1 })
      .reshaped(to: [300, 1])
    var whole = ActivationMonitor()
    whole.watch(model, on: images)
    var pieces = ActivationMonitor()
    pieces.watch(model, on: images.rows(0..<50))
    pieces.watch(model, on: images.rows(50..<300))
    // Multiples of 1/64 add up without rounding.
    #expect(whole.layers == pieces.layers)
    #expect(whole.layers.map(\.images) == [300, 300])
  }

  @Test func `the sums are those of plain loops, whatever the shape`() {
    let network = Sample.smallNetwork(seed: 4)
    let images = Sample.batch(150, height: 8, width: 8, seed: 5).images
    var monitor = ActivationMonitor()
    monitor.watch(network, on: images)
    let outputs = network.activations(of: images)
    #expect(monitor.layers.map(\.name) == outputs.map(\.name))
    for (layer, (_, output)) in zip(monitor.layers, outputs) {
      let values = output.scalars.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(layer.mean - mean) < 1e-5)
      #expect(
        abs(
          layer.standardDeviation
            - (variance / Double(values.count)).squareRoot()) < 1e-5)
      #expect(abs(Double(layer.minimum) - (values.min() ?? 0)) < 1e-5)
      #expect(abs(Double(layer.maximum) - (values.max() ?? 0)) < 1e-5)
      let zeros = Double(values.count { $0 == 0 })
      #expect(abs(layer.zeroShare - zeros / Double(values.count)) < 1e-5)
    }
  }

  @Test func `the number of workers changes no bit`() {
    let network = Sample.smallNetwork(seed: 6)
    let images = Sample.batch(400, height: 8, width: 8, seed: 7).images
    let results = [1, 2, 5].map { count in
      Workers.$count.withValue(count) {
        var monitor = ActivationMonitor()
        monitor.watch(network, on: images)
        return monitor.layers
      }
    }
    #expect(results[0] == results[1] && results[0] == results[2])
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
