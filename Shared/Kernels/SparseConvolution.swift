internal import Vector

extension ConvolutionGeometry {
  /// Whether lines of a window are long enough to fill vectors.
  var maySkipZeros: Bool { windowLine >= 16 }
}

/// Whether skipping zeros pays: long lines, and at most a third of the gradient
/// not zero.
func isWorthSkippingZeros(
  _ outputGradient: OutputGradient, count: Int, _ g: ConvolutionGeometry
) -> Bool {
  g.maySkipZeros
    && 3 * outputGradient.nonZeroCount <= count * g.outputImage
}

/// The input gradient, visiting only what is not zero: each output pixel adds
/// its few channels' weights, as one window, where the window lay.
func sparseInputGradient(
  _ outputGradient: OutputGradient, count: Int, matrix: [Float],
  _ g: ConvolutionGeometry
) -> [Float] {
  var window = [Float](repeating: 0, count: g.window)
  var result = [Float](repeating: 0, count: count * g.paddedImage)
  withWeightedRows(capacity: g.outputChannels) { rows in
    outputGradient.forEachLine(count, g) { line, pixels in
      let corner = g.corner(ofLine: line)
      for x in 0..<g.outputWidth {
        var rows = rows
        let gradient = pixels + x * g.outputChannels
        forEachNonZero(gradient, count: g.outputChannels) { channel in
          rows.append(channel * g.window, gradient[channel])
        }
        guard rows.count > 0 else { continue }
        clearElements(&window, count: g.window)
        addWeightedRows(rows, of: matrix, columns: g.window, to: &window)
        addWindow(window, g, into: &result, at: corner + x * g.step)
      }
    }
  }
  return cropped(result, count: count, g)
}

/// The parameters' gradients, visiting only what is not zero: each output
/// channel adds up the windows of its few pixels.
///
/// An image at a time, because its windows stay in the first-level cache.
func sparseParameterGradients(
  paddedImages: UnsafePointer<Float>, _ outputGradient: OutputGradient,
  count: Int, _ g: ConvolutionGeometry
) -> (weight: [Float], bias: [Float]) {
  let pixels = g.outputHeight * g.outputWidth
  var matrix = [Float](repeating: 0, count: g.outputChannels * g.window)
  var bias = [Float](repeating: 0, count: g.outputChannels)
  withWeightedRows(capacity: pixels * g.outputChannels) { all in
    // One list a channel, each with room for every pixel.
    let empty = (0..<g.outputChannels).map { channel in
      WeightedRows(
        offsets: all.offsets + channel * pixels,
        factors: all.factors + channel * pixels)
    }
    var lists = empty
    outputGradient.forEachLine(count, g) { line, gradients in
      listNonZeros(gradients, at: g.corner(ofLine: line), g, &lists)
      guard (line + 1) % g.outputHeight == 0 else { return }
      for (channel, list) in lists.enumerated() {
        addWindows(
          list, of: paddedImages, g, to: &matrix, at: channel * g.window)
        for k in 0..<list.count { bias[channel] += list.factors[k] }
      }
      lists = empty
    }
  }
  return (unpacked(matrix, g, outputStride: g.window, entryStride: 1), bias)
}

/// Enters a line's numbers into the lists of their channels.
private func listNonZeros(
  _ pixels: UnsafePointer<Float>, at corner: Int, _ g: ConvolutionGeometry,
  _ lists: UnsafeMutablePointer<WeightedRows>
) {
  for x in 0..<g.outputWidth {
    let gradient = pixels + x * g.outputChannels
    forEachNonZero(gradient, count: g.outputChannels) { channel in
      lists[channel].append(corner + x * g.step, gradient[channel])
    }
  }
}

/// Adds up a channel's windows.
private func addWindows(
  _ list: WeightedRows, of paddedImages: UnsafePointer<Float>,
  _ g: ConvolutionGeometry, to matrix: UnsafeMutablePointer<Float>,
  at first: Int
) {
  for ky in 0..<g.kernelSize {
    addWeightedRows(
      list, of: paddedImages + ky * g.line, columns: g.windowLine,
      to: matrix, at: first + ky * g.windowLine)
  }
}

/// Visits the scalars that are not zero, in order, a vector at a time.
@inline(__always)
private func forEachNonZero(
  _ scalars: UnsafePointer<Float>, count: Int, _ body: (Int) -> Void
) {
  let width = Int(VECTOR_WIDTH)
  var first = 0
  while first + width <= count {
    var lanes = nonZeroLanes(load(scalars + first))
    while lanes != 0 {
      body(first + lanes.trailingZeroBitCount)
      lanes &= lanes - 1
    }
    first += width
  }
  for index in first..<count where scalars[index] != 0 { body(index) }
}

extension ConvolutionGeometry {
  /// Where the window of a line's first output pixel begins in the padded
  /// images.
  func corner(ofLine index: Int) -> Int {
    let (image, y) = index.quotientAndRemainder(dividingBy: outputHeight)
    return image * paddedImage + y * stride * line
  }
}

extension WeightedRows {
  @inline(__always)
  fileprivate mutating func append(_ offset: Int, _ factor: Float) {
    offsets[count] = Int32(truncatingIfNeeded: offset)
    factors[count] = factor
    count += 1
  }
}

private func withWeightedRows(
  capacity: Int, _ body: (WeightedRows) -> Void
) {
  let offsets = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
  let factors = UnsafeMutablePointer<Float>.allocate(capacity: capacity)
  defer {
    offsets.deallocate()
    factors.deallocate()
  }
  body(WeightedRows(offsets: offsets, factors: factors))
}
