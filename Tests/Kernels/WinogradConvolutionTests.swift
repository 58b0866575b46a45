import Testing

@testable import Shared

extension Kernels {
  @Suite struct WinogradConvolutionTests {
    /// The network's second convolution, and one that is not square, with the
    /// last block of lines smaller than the others.
    static let geometries = [
      ConvolutionGeometry(
        height: 14, width: 14, inputChannels: 32, outputChannels: 64,
        kernelSize: 3, padding: 1),
      ConvolutionGeometry(
        height: 8, width: 12, inputChannels: 16, outputChannels: 48,
        kernelSize: 3, padding: 0),
    ]

    @Test(arguments: geometries.indices, [1, 3])
    func `sixteen products give what thirty-six give`(index: Int, count: Int) {
      let g = Self.geometries[index]
      let images = Sample.uniform([count * g.paddedImage], seed: 1)
      let weights = Sample.uniform([g.outputChannels * g.window], seed: 2)
      let bias = Sample.uniform([g.outputChannels], seed: 3)
      let shape = [count, g.outputHeight, g.outputWidth, g.outputChannels]
      let fast = winogradForward(
        paddedImages: images.scalars, count: count,
        weights: ConvolutionWeights(
          weights.scalars, bias: bias.scalars, g, hasGradients: false), g)
      let exact = Reference.convolution(
        ExactTensor(
          images.reshaped(
            to: [count, g.paddedHeight, g.paddedWidth, g.inputChannels])),
        weight: ExactTensor(
          weights.reshaped(to: [g.outputChannels, g.inputChannels, 3, 3])),
        bias: ExactTensor(bias), padding: 0)
      expectClose(
        Tensor(shape: shape, scalars: fast), exact, relative: 1e-5, "\(g)")
    }

    @Test func `where an image is flat the outputs are equal to the bit`() {
      // Columns of one colour each: outputs above one another must be equal,
      // or pooling would pick another one than it does for plain sums.
      let g = Self.geometries[0]
      let line = Sample.uniform([g.line], seed: 4).scalars
      let image = Array(repeating: line, count: g.paddedHeight).flatMap { $0 }
      let output = winogradForward(
        paddedImages: image, count: 1,
        weights: ConvolutionWeights(
          Sample.uniform([g.outputChannels * g.window], seed: 5).scalars,
          bias: Sample.uniform([g.outputChannels], seed: 6).scalars, g,
          hasGradients: false), g)
      for y in stride(from: 0, to: g.outputHeight, by: 2) {
        let upper = output[y * g.outputLine..<(y + 1) * g.outputLine]
        let lower = output[(y + 1) * g.outputLine..<(y + 2) * g.outputLine]
        #expect(upper.elementsEqual(lower))
      }
    }

    @Test func `only whole blocks and whole vectors suit it`() {
      func suits(_ height: Int, _ inputs: Int, _ kernel: Int) -> Bool {
        ConvolutionGeometry(
          height: height, width: 14, inputChannels: inputs, outputChannels: 32,
          kernelSize: kernel, padding: 1
        ).suitsWinograd
      }
      #expect(suits(14, 32, 3))
      #expect(!suits(13, 32, 3))
      #expect(!suits(14, 1, 3))
      #expect(!suits(14, 24, 3))
      #expect(!suits(14, 32, 5))
    }
  }
}
