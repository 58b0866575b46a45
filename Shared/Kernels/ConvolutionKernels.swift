/// The sizes of one convolution with stride 1 on channels-last images.
struct ConvolutionGeometry {
  var height: Int  // of the input
  var width: Int
  var inputChannels: Int
  var outputChannels: Int
  var kernelSize: Int
  var padding: Int

  var paddedHeight: Int { height + 2 * padding }
  var paddedWidth: Int { width + 2 * padding }
  var outputHeight: Int { paddedHeight - kernelSize + 1 }
  var outputWidth: Int { paddedWidth - kernelSize + 1 }
  /// Scalars of one line of pixels, without and with padding.
  var inputLine: Int { width * inputChannels }
  var line: Int { paddedWidth * inputChannels }
  /// Scalars of one line of a window: neighbours in memory, channels last.
  var windowLine: Int { kernelSize * inputChannels }
  /// Scalars of one whole window.
  var window: Int { kernelSize * windowLine }
  var paddedImage: Int { paddedHeight * line }
  var outputLine: Int { outputWidth * outputChannels }
  var outputImage: Int { outputHeight * outputLine }
}

/// Copies `[N, H, W, C]` into a frame of zeros, `[N, H + 2p, W + 2p, C]`.
func padded(
  _ images: UnsafePointer<Float>, count: Int, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  var result = [Float](repeating: 0, count: count * g.paddedImage)
  forEachLine(count, g) { line, framed in
    copyElements(
      &result, at: framed, images + line * g.inputLine, count: g.inputLine)
  }
  return result
}

/// The inverse of `padded`: drops the frame.
func cropped(
  _ images: UnsafePointer<Float>, count: Int, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  var result = [Float](repeating: 0, count: count * g.height * g.inputLine)
  forEachLine(count, g) { line, framed in
    copyElements(
      &result, at: line * g.inputLine, images + framed, count: g.inputLine)
  }
  return result
}

/// Visits every line of pixels: its number, and its offset inside the frames.
private func forEachLine(
  _ count: Int, _ g: ConvolutionGeometry,
  _ body: (_ line: Int, _ framed: Int) -> Void
) {
  for line in 0..<count * g.height {
    let (image, y) = line.quotientAndRemainder(dividingBy: g.height)
    body(
      line,
      image * g.paddedImage + (y + g.padding) * g.line
        + g.padding * g.inputChannels)
  }
}

/// Weights `[O, C, kH, kW]` as a matrix `[kH·kW·C, O]`: one column an output.
func packedByWindow(_ weights: [Float], _ geometry: ConvolutionGeometry)
  -> [Float]
{
  let g = geometry
  var result = [Float](repeating: 0, count: weights.count)
  forEachWeight(g) { weight, output, entry in
    result[entry * g.outputChannels + output] = weights[weight]
  }
  return result
}

/// Weights `[O, C, kH, kW]` as a matrix `[O, kH·kW·C]`: one row an output, with
/// zeros up to the given number of columns.
func packedByOutput(
  _ weights: [Float], _ geometry: ConvolutionGeometry, columns: Int
) -> [Float] {
  var result = [Float](
    repeating: 0, count: geometry.outputChannels * columns)
  forEachWeight(geometry) { weight, output, entry in
    result[output * columns + entry] = weights[weight]
  }
  return result
}

/// Visits every weight: its index in `[O, C, kH, kW]`, its output channel, and
/// its place (y, x, channel) in a window.
private func forEachWeight(
  _ g: ConvolutionGeometry,
  _ body: (_ weight: Int, _ output: Int, _ entry: Int) -> Void
) {
  let taps = g.kernelSize * g.kernelSize
  for output in 0..<g.outputChannels {
    for channel in 0..<g.inputChannels {
      for tap in 0..<taps {
        body(
          (output * g.inputChannels + channel) * taps + tap, output,
          tap * g.inputChannels + channel)
      }
    }
  }
}

/// output[n, y, x, o] = bias[o] + Σ window(n, y, x) · weights[o].
///
/// One product a line of pixels: the windows along it are the rows of the left
/// matrix and overlap in memory, so nothing is copied but the padding.
func convolutionForward(
  paddedImages: UnsafePointer<Float>, count: Int, weights: [Float],
  bias: UnsafePointer<Float>, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  let matrix = packedByWindow(weights, g)
  return uninitialized(count * g.outputImage) { output in
    for line in 0..<count * g.outputHeight {
      let (image, y) = line.quotientAndRemainder(dividingBy: g.outputHeight)
      let left = LeftMatrix(
        start: paddedImages + image * g.paddedImage + y * g.line,
        rowStride: g.inputChannels,
        segments: g.kernelSize, segmentStride: g.line, length: g.windowLine)
      multiply(
        left, by: matrix, rightStride: g.outputChannels,
        into: output + line * g.outputLine, outputStride: g.outputChannels,
        rows: g.outputWidth, columns: g.outputChannels, start: .bias(bias))
    }
  }
}

/// inputGradient[n, y, x, c] = Σ weights · outputGradient, over every window
/// that the pixel was part of.
///
/// A line of output pixels at a time: its gradients times the weights give one
/// whole window a pixel, and windows are added where they lay. The scratch line
/// stays in the first-level cache; adding costs about 3 % of the product.
func convolutionInputGradient(
  outputGradient: UnsafePointer<Float>, count: Int, weights: [Float],
  _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  if isWorthSkippingZeros(outputGradient, count: count, g) {
    return sparseInputGradient(
      outputGradient: outputGradient, count: count, weights: weights, g)
  }
  // Whole vectors only: a window of nine (one input channel) becomes sixteen.
  let columns = (g.window + 15) / 16 * 16
  let matrix = packedByOutput(weights, g, columns: columns)
  var windows = [Float](repeating: 0, count: g.outputWidth * columns)
  var result = [Float](repeating: 0, count: count * g.paddedImage)
  for line in 0..<count * g.outputHeight {
    let (image, y) = line.quotientAndRemainder(dividingBy: g.outputHeight)
    let left = LeftMatrix(
      start: outputGradient + line * g.outputLine,
      rowStride: g.outputChannels, length: g.outputChannels)
    multiply(
      left, by: matrix, rightStride: columns, into: &windows,
      outputStride: columns, rows: g.outputWidth, columns: columns,
      start: .zero)
    for x in 0..<g.outputWidth {
      addWindow(
        windows, from: x * columns, g, into: &result,
        at: image * g.paddedImage + y * g.line + x * g.inputChannels)
    }
  }
  return cropped(result, count: count, g)
}

/// Adds one window where it lay in the padded images.
func addWindow(
  _ windows: UnsafePointer<Float>, from first: Int = 0,
  _ g: ConvolutionGeometry, into images: UnsafeMutablePointer<Float>,
  at corner: Int
) {
  for ky in 0..<g.kernelSize {
    addElements(
      images + corner + ky * g.line, windows + first + ky * g.windowLine,
      count: g.windowLine)
  }
}

/// weightGradient[o, c, ky, kx] = Σ input[n, y + ky, x + kx, c] ·
/// outputGradient[n, y, x, o], over all images and pixels, in that order.
func convolutionWeightGradient(
  paddedImages: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
  count: Int, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  var result = [Float](repeating: 0, count: g.window * g.outputChannels)
  if isWorthSkippingZeros(outputGradient, count: count, g) {
    let matrix = sparseWeightGradient(
      paddedImages: paddedImages, outputGradient: outputGradient, count: count,
      g)
    forEachWeight(g) { weight, output, entry in
      result[weight] = matrix[output * g.window + entry]
    }
    return result
  }
  var matrix = result
  for image in 0..<count {
    for ky in 0..<g.kernelSize {
      let left = LeftMatrix(
        start: paddedImages + image * g.paddedImage + ky * g.line,
        rowStride: 1, segments: g.outputHeight, segmentStride: g.line,
        length: g.outputWidth, elementStride: g.inputChannels)
      multiply(
        left, by: outputGradient + image * g.outputImage,
        rightStride: g.outputChannels,
        into: &matrix, at: ky * g.windowLine * g.outputChannels,
        outputStride: g.outputChannels, rows: g.windowLine,
        columns: g.outputChannels, start: .accumulate)
    }
  }
  forEachWeight(g) { weight, output, entry in
    result[weight] = matrix[entry * g.outputChannels + output]
  }
  return result
}
