internal import Vector

/// How many of the scalars are not zero.
func countNonZeros(_ scalars: UnsafePointer<Float>, count: Int) -> Int {
  var total: Int32 = 0
  for i in 0..<count { total &+= scalars[i] != 0 ? 1 : 0 }
  return Int(total)
}

extension ConvolutionGeometry {
  /// Whether lines of a window are long enough to fill vectors.
  var maySkipZeros: Bool { windowLine >= 16 }
}

/// Whether skipping zeros pays: long lines, and at most a third of the gradient
/// not zero.
func isWorthSkippingZeros(
  _ outputGradient: UnsafePointer<Float>, count: Int,
  _ geometry: ConvolutionGeometry
) -> Bool {
  let size = count * geometry.outputImage
  return geometry.maySkipZeros
    && 3 * countNonZeros(outputGradient, count: size) <= size
}

/// The input gradient, visiting only what is not zero: each output pixel adds
/// its few channels' weights, as one window, where the window lay.
func sparseInputGradient(
  outputGradient: UnsafePointer<Float>, count: Int, matrix: [Float],
  _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  var window = [Float](repeating: 0, count: g.window)
  var result = [Float](repeating: 0, count: count * g.paddedImage)
  withWeightedRows(capacity: g.outputChannels) { rows in
    forEachOutputPixel(count, g) { pixel, corner in
      var rows = rows
      let gradient = outputGradient + pixel * g.outputChannels
      forEachNonZero(gradient, count: g.outputChannels) { channel in
        rows.append(channel * g.window, gradient[channel])
      }
      guard rows.count > 0 else { return }
      clearElements(&window, count: g.window)
      addWeightedRows(rows, of: matrix, columns: g.window, to: &window)
      addWindow(window, g, into: &result, at: corner)
    }
  }
  return cropped(result, count: count, g)
}

/// The weight gradient, visiting only what is not zero: each output channel
/// adds up the windows of its few pixels.
func sparseWeightGradient(
  paddedImages: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
  count: Int, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  let pixels = count * g.outputHeight * g.outputWidth
  var result = [Float](repeating: 0, count: g.outputChannels * g.window)
  withWeightedRows(capacity: pixels * g.outputChannels) { all in
    // One list a channel, each with room for every pixel.
    var lists = (0..<g.outputChannels).map { channel in
      WeightedRows(
        offsets: all.offsets + channel * pixels,
        factors: all.factors + channel * pixels)
    }
    forEachOutputPixel(count, g) { pixel, corner in
      let gradient = outputGradient + pixel * g.outputChannels
      forEachNonZero(gradient, count: g.outputChannels) { channel in
        lists[channel].append(corner, gradient[channel])
      }
    }
    for channel in 0..<g.outputChannels {
      for ky in 0..<g.kernelSize {
        addWeightedRows(
          lists[channel], of: paddedImages + ky * g.line,
          columns: g.windowLine, to: &result,
          at: channel * g.window + ky * g.windowLine)
      }
    }
  }
  return unpacked(result, g, outputStride: g.window, entryStride: 1)
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

/// Visits every output pixel: its number, and the offset of its window's upper
/// left corner in the padded images.
private func forEachOutputPixel(
  _ count: Int, _ g: ConvolutionGeometry,
  _ body: (_ pixel: Int, _ corner: Int) -> Void
) {
  var pixel = 0
  for image in 0..<count {
    for y in 0..<g.outputHeight {
      for x in 0..<g.outputWidth {
        body(pixel, image * g.paddedImage + y * g.line + x * g.inputChannels)
        pixel += 1
      }
    }
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
