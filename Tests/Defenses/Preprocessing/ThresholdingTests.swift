import Testing

@testable import Shared

@Suite struct ThresholdingTests {
  @Test func `white is what lies above the threshold`() {
    let pixels = Tensor([0, 0.25, 0.26, 0.5, 0.51, 1])
    #expect(Thresholding()(pixels).scalars == [0, 0, 0, 0, 1, 1])
    #expect(Thresholding(at: 0.25)(pixels).scalars == [0, 0, 1, 1, 1, 1])
    #expect(Thresholding(at: 1)(pixels).scalars == [0, 0, 0, 0, 0, 0])
  }

  @Test func `in the middle it leaves one bit`() {
    let pixels = Sample.batch(5, seed: 1).images
    #expect(Thresholding()(pixels) == BitDepth(bits: 1)(pixels))
  }

  @Test func `it has no slope`() {
    let pixels = Sample.batch(2, seed: 1).images
    let (_, cache) = Thresholding().forward(pixels, mode: .inference)
    #expect(
      Thresholding().inputGradient(
        Sample.uniform(pixels.shape, seed: 2), cache: cache)
        == Tensor(shape: pixels.shape))
  }

  @Test func `what is further from the threshold than ε stays`() {
    // Pixels below 0.19 or above 0.81.
    let pixels = Sample.uniform([3, 8, 8, 1], seed: 1).map {
      $0 < 0 ? -0.19 * $0 : 1 - 0.19 * $0
    }
    let moved = uniformNoise(around: pixels, .pixels(0.3), seed: 2)
    #expect((moved - pixels).maximumMagnitude > 0.2)
    #expect(Thresholding()(moved) == Thresholding()(pixels))
  }
}
