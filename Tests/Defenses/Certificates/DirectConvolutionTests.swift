import Testing

@testable import Shared

@Suite struct DirectConvolutionTests {
  @Test(arguments: [3, 4, 5])
  func `plain sums, whatever the layer does`(kernelSize: Int) {
    let padding = kernelSize == 5 ? 0 : 1
    let stride = kernelSize == 4 ? 2 : 1
    let layer = Conv2D(
      weight: Sample.uniform([16, 16, kernelSize, kernelSize], seed: 1),
      bias: Sample.uniform([16], seed: 2), padding: padding, stride: stride)
    let images = Sample.uniform([3, 8, 12, 16], seed: 3)
    let geometry = layer.framed(images).geometry
    #expect(geometry.suitsWinograd == (kernelSize == 3))
    expectClose(
      DirectConvolution(layer, geometry)(images),
      Reference.convolution(
        ExactTensor(images), weight: ExactTensor(layer.weight),
        bias: ExactTensor(layer.bias), padding: padding, stride: stride),
      relative: 1e-5)
  }

  @Test func `where the layer goes no other way, to the bit`() {
    let layer = Conv2D(
      weight: Sample.uniform([5, 3, 3, 3], seed: 1),
      bias: Sample.uniform([5], seed: 2), padding: 1)
    let images = Sample.uniform([2, 7, 6, 3], seed: 3)
    let direct = DirectConvolution(layer, layer.framed(images).geometry)
    #expect(direct(images) == layer(images))
  }
}
