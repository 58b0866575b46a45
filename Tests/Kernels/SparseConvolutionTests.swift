import Testing

@testable import Shared

extension Kernels {
  @Suite struct SparseConvolutionTests {
    /// Window lines of 96 (whole groups of six vectors), 51 (with a remainder)
    /// and 3 (less than a vector), on images that are not square.
    static let geometries = [
      ConvolutionGeometry(
        height: 14, width: 14, inputChannels: 32, outputChannels: 64,
        kernelSize: 3, padding: 1),
      ConvolutionGeometry(
        height: 7, width: 9, inputChannels: 17, outputChannels: 37,
        kernelSize: 3, padding: 0),
      ConvolutionGeometry(
        height: 6, width: 5, inputChannels: 1, outputChannels: 5,
        kernelSize: 3, padding: 1),
      ConvolutionGeometry(
        height: 14, width: 13, inputChannels: 16, outputChannels: 32,
        kernelSize: 4, padding: 1, stride: 2),
    ]

    @Test(arguments: geometries.indices, [0, 1, 2, 3] as [UInt64])
    func `skipping zeros changes no bit`(index: Int, seed: UInt64) {
      let g = Self.geometries[index]
      let count = 3
      var generator = SeededGenerator(seed: seed)
      let weights = (0..<g.outputChannels * g.window).map { _ in
        generator.uniform(within: 1)
      }
      let matrices = ConvolutionWeights(
        weights, bias: Array(repeating: 0, count: g.outputChannels), g,
        hasGradients: true)
      let images = (0..<count * g.paddedImage).map { _ in generator.uniform() }
      // Seed 0: nothing at all; then more and more that is not zero.
      let share = [0, 0.03, 0.3, 1][Int(seed)] as Float
      let gradient = OutputGradient(
        values: (0..<count * g.outputImage).map { _ in
          generator.uniform() < share ? generator.uniform(within: 1) : 0
        })
      #expect(
        sparseInputGradient(
          gradient, count: count, matrix: matrices.sparseMatrix(g), g)
          == denseInputGradient(
            gradient, count: count, matrix: matrices.denseMatrix(g), g))
      #expect(
        sparseParameterGradients(
          paddedImages: images, gradient, count: count, g)
          == denseParameterGradients(
            paddedImages: images, gradient, count: count, g))
    }

    @Test func `zeros are skipped where there are many`() {
      let g = Self.geometries[0]
      var values = [Float](repeating: 0, count: g.outputImage)
      values[5] = 1
      #expect(
        isWorthSkippingZeros(OutputGradient(values: values), count: 1, g))
      values = [Float](repeating: 1, count: g.outputImage)
      #expect(
        !isWorthSkippingZeros(OutputGradient(values: values), count: 1, g))
      #expect(
        !isWorthSkippingZeros(
          OutputGradient(values: []), count: 0, Self.geometries[2]),
        "a line of three does not fill a vector")
    }
  }
}
