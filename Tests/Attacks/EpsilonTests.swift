import Testing

@testable import Shared

@Suite struct EpsilonTests {
  @Test func `one size in three units`() {
    let epsilon = Epsilon.pixels(0.1)
    #expect(epsilon.levels == 25.5)
    #expect(abs(epsilon.normalized - 0.32457) < 1e-5)
    #expect(epsilon.description == "0.100 (25.5/255, 0.325 normalized)")
    #expect(Epsilon.levels(255).pixels == 1)
    #expect(abs(Epsilon.normalized(1).pixels - 0.3081) < 1e-7)
  }

  @Test func `a promise broken anywhere is noticed`() {
    let image = Tensor([0.5, 0, 1])
    let epsilon = Epsilon.pixels(0.1)
    #expect(epsilon.isAllowed(Tensor([0.4375, 0.0625, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.39, 0, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, -0.01, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0, 1.01]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0, .nan]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0]), from: image))
  }
}
