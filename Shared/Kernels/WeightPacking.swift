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
    forEachRun(g, entryStride) { source, target, run in
      for output in 0..<g.outputChannels {
        result[target + output * outputStride] = weights[source + output * run]
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
    forEachRun(g, entryStride) { target, source, run in
      for output in 0..<g.outputChannels {
        result[target + output * run] = matrix[source + output * outputStride]
      }
    }
  }
}

/// Visits every entry of a window: where it stands for the first output, in
/// PyTorch's order and in ours, and the distance between outputs in PyTorch's.
///
/// Outputs are left to the innermost loop, because a pass over the nine places
/// of a filter would jump by powers of two, which a cache cannot hold (six
/// times slower).
@inline(__always)
private func forEachRun(
  _ g: ConvolutionGeometry, _ entryStride: Int,
  _ body: (_ original: Int, _ packed: Int, _ run: Int) -> Void
) {
  let taps = g.kernelSize * g.kernelSize
  for tap in 0..<taps {
    for channel in 0..<g.inputChannels {
      body(
        channel * taps + tap, (tap * g.inputChannels + channel) * entryStride,
        g.inputChannels * taps)
    }
  }
}
