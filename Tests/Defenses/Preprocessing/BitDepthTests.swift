import Testing

@testable import Shared

@Suite struct BitDepthTests {
  @Test func `one bit is black and white, two bits have two grays`() {
    let pixels = Tensor([0, 0.16, 0.17, 0.49, 0.51, 0.83, 0.84, 1])
    #expect(BitDepth(bits: 1)(pixels).scalars == [0, 0, 0, 0, 1, 1, 1, 1])
    // In thirds: 0.48, 0.51, 1.47, 1.53, 2.49, 2.52.
    let thirds: [Float] = [0, 0, 1, 1, 2, 2, 3, 3]
    #expect(BitDepth(bits: 2)(pixels).scalars == thirds.map { $0 / 3 })
  }

  @Test func `halfway goes to the even level`() {
    #expect(BitDepth(bits: 1)(Tensor([0.5])).scalars == [0])
    #expect(BitDepth(bits: 2)(Tensor([0.5])).scalars == [2 / 3])
  }

  @Test func `eight bits leave an 8-bit image as it is`() {
    let shades = Tensor((0...255).map { Float($0) / 255 })
    #expect(BitDepth(bits: 8)(shades) == shades)
  }

  @Test(arguments: 1...8)
  func `so many levels, each pixel at the nearest`(bits: Int) {
    let pixels = Sample.uniform([4, 9, 9, 3], seed: 1).map { abs($0) }
    let layer = BitDepth(bits: bits)
    let (output, cache) = layer.forward(pixels, mode: .inference)
    #expect(output.shape == pixels.shape)
    #expect(Set(output.scalars).count <= 1 << bits)
    #expect(output.scalars.allSatisfy { (0...1) ~= $0 })
    let halfStep = 0.5 / Float((1 << bits) - 1)
    #expect((output - pixels).maximumMagnitude <= halfStep + 1e-6)
    #expect(layer(output) == output)
    let gradient = Sample.uniform(pixels.shape, seed: 2)
    #expect(
      layer.inputGradient(gradient, cache: cache)
        == Tensor(shape: pixels.shape))
  }

  @Test func `no bits are no image`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BitDepth(bits: 0)
    }
    expectMessage(of: result, contains: "1 to 8 bits, got 0")
  }
}
