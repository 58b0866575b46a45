import Testing

@testable import Shared

@Suite struct DriftTests {
  private let model: Sequential = [
    "fc": Linear(
      weight: Tensor(shape: [2, 1], scalars: [1, -1]), bias: Tensor([0, -1])),
    "relu": ReLU(),
  ]

  @Test func `drift is the relative length of the change`() {
    let drift = model.drift(
      from: Tensor(shape: [1, 1], scalars: [1]),
      to: Tensor(shape: [1, 1], scalars: [2]))
    // fc: (1, −2) → (2, −3); relu: (1, 0) → (2, 0).
    #expect(drift.map(\.name) == ["fc", "relu"])
    #expect(drift[1].relativeDistance == 1)
    #expect(abs(drift[0].relativeDistance - (2.0 / 5).squareRoot()) < 1e-6)
  }

  @Test func `it is a mean over the images, also over several shards`() {
    let images = Tensor(shape: [40, 1], repeating: 1)
    var changed = images
    for image in 0..<10 { changed.scalars[image] = 2 }
    let drift = model.drift(from: images, to: changed)
    #expect(drift[1].relativeDistance == 0.25)
  }

  @Test func `what was zero has not moved, as far as a ratio can say`() {
    let zero = Tensor([0, 0])
    #expect(Tensor([1, 0]).relativeDistance(from: zero) == 0)
    #expect(Tensor([3, 4]).relativeDistance(from: Tensor([3, 0])) == 4.0 / 3)
  }
}
