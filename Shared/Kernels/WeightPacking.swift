/// Weights `[O, C, kH, kW]` in the order of a window, `(ky, kx, c)`.
///
/// - Parameters:
///   - weights: The weights in PyTorch's order.
///   - g: The sizes.
///   - outputStride: From one output channel to the next.
///   - entryStride: From one entry of the window to the next.
///   - count: The size of the result; what no weight reaches is zero.
/// - Returns: The weights as a matrix of outputs and window entries.
func packed(
  _ weights: UnsafePointer<Float>, _ g: ConvolutionGeometry,
  outputStride: Int, entryStride: Int, count: Int
) -> [Float] {
  uninitialized(count) { result in
    if count > g.outputChannels * g.window {
      result.update(repeating: 0, count: count)
    }
    let taps = g.kernelSize * g.kernelSize
    for output in 0..<g.outputChannels {
      for channel in 0..<g.inputChannels {
        let source = weights + (output * g.inputChannels + channel) * taps
        let target = result + output * outputStride + channel * entryStride
        let stride = g.inputChannels * entryStride
        for tap in 0..<taps { target[tap * stride] = source[tap] }
      }
    }
  }
}

/// The inverse of `packed`.
func unpacked(
  _ matrix: UnsafePointer<Float>, _ g: ConvolutionGeometry,
  outputStride: Int, entryStride: Int
) -> [Float] {
  uninitialized(g.outputChannels * g.window) { result in
    let taps = g.kernelSize * g.kernelSize
    for output in 0..<g.outputChannels {
      for channel in 0..<g.inputChannels {
        let target = result + (output * g.inputChannels + channel) * taps
        let source = matrix + output * outputStride + channel * entryStride
        let stride = g.inputChannels * entryStride
        for tap in 0..<taps { target[tap] = source[tap * stride] }
      }
    }
  }
}
