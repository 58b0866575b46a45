import Testing

@testable import Shared

extension Kernels {
  @Suite struct OutputGradientTests {
    /// Even sizes, odd ones (a line and a column in no block), channels in
    /// whole vectors and not.
    @Test(arguments: [(4, 6, 16), (5, 7, 16), (5, 4, 3), (2, 2, 33)])
    func `lines are those of the gradient before pooling`(
      _ height: Int, _ width: Int, _ channels: Int
    ) {
      let count = 2
      let g = ConvolutionGeometry(
        height: height, width: width, inputChannels: 1,
        outputChannels: channels, kernelSize: 1, padding: 0)
      var generator = SeededGenerator(seed: 1)
      let size = count * (height / 2) * (width / 2) * channels
      let values = (0..<size).map { _ in
        generator.uniform() < 0.2 ? 0 : generator.uniform(within: 1)
      }
      // 255: no pixel of the block was above zero.
      let winners = (0..<size).map { _ in
        [0, 1, 2, 3, 255][Int(generator.next() % 5)] as UInt8
      }
      let whole = maxPoolInputGradient(
        values, winners: winners, count: count, height: height, width: width,
        channels: channels, size: 2)
      let pooled = OutputGradient(values: values, winners: winners)
      #expect(lines(of: pooled, count, g) == whole)
      #expect(lines(of: OutputGradient(values: whole), count, g) == whole)
      #expect(pooled.nonZeroCount == whole.count { $0 != 0 })
    }

    private func lines(
      of gradient: OutputGradient, _ count: Int, _ g: ConvolutionGeometry
    ) -> [Float] {
      var all: [Float] = []
      gradient.forEachLine(count, g) { line, pixels in
        #expect(line * g.outputLine == all.count)
        all += UnsafeBufferPointer(start: pixels, count: g.outputLine)
      }
      return all
    }
  }
}
