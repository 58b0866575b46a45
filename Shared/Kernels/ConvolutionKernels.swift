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

/// output[n, y, x, o] = bias[o] + Σ window(n, y, x) · weights[o].
///
/// One product a line of pixels: the windows along it are the rows of the left
/// matrix and overlap in memory, so nothing is copied but the padding.
func convolutionForward(
  paddedImages: UnsafePointer<Float>, count: Int,
  weights: ConvolutionWeights, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  return uninitialized(count * g.outputImage) { output in
    for line in 0..<count * g.outputHeight {
      convolveLine(
        paddedImages + g.corner(ofLine: line), weights.forward,
        bias: weights.bias, g, into: output + line * g.outputLine)
    }
  }
}

/// One line of outputs, from the line where its windows begin.
func convolveLine(
  _ start: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>,
  bias: UnsafePointer<Float>, _ g: ConvolutionGeometry,
  into output: UnsafeMutablePointer<Float>
) {
  multiply(
    LeftMatrix(
      start: start, rowStride: g.step, segments: g.kernelSize,
      segmentStride: g.line, length: g.windowLine),
    by: matrix, rightStride: g.outputChannels, into: output,
    outputStride: g.outputChannels, rows: g.outputWidth,
    columns: g.outputChannels, start: .bias(bias))
}

/// inputGradient[n, y, x, c] = Σ weights · outputGradient, over every window
/// that the pixel was part of.
func convolutionInputGradient(
  _ outputGradient: OutputGradient, count: Int, _ weights: ConvolutionWeights,
  _ g: ConvolutionGeometry
) -> [Float] {
  isWorthSkippingZeros(outputGradient, count: count, g)
    ? sparseInputGradient(
      outputGradient, count: count, matrix: weights.sparseMatrix(g), g)
    : denseInputGradient(
      outputGradient, count: count, matrix: weights.denseMatrix(g), g)
}

/// The input gradient, a line of output pixels at a time.
///
/// The line's gradients times the weights give one whole window a pixel, and
/// windows are added where they lay. The scratch line stays in the first-level
/// cache; adding costs about 3 % of the product.
func denseInputGradient(
  _ outputGradient: OutputGradient, count: Int, matrix: [Float],
  _ g: ConvolutionGeometry
) -> [Float] {
  let columns = g.windowVectors
  var windows = [Float](repeating: 0, count: g.outputWidth * columns)
  var result = [Float](repeating: 0, count: count * g.paddedImage)
  outputGradient.forEachLine(count, g) { line, pixels in
    let left = LeftMatrix(
      start: pixels, rowStride: g.outputChannels, length: g.outputChannels)
    multiply(
      left, by: matrix, rightStride: columns, into: &windows,
      outputStride: columns, rows: g.outputWidth, columns: columns,
      start: .zero)
    let corner = g.corner(ofLine: line)
    if g.step == 1 {
      addGrayLine(of: windows, stride: columns, g, into: &result, at: corner)
      return
    }
    for x in 0..<g.outputWidth {
      addWindow(
        windows, from: x * columns, g, into: &result,
        at: corner + x * g.step)
    }
  }
  return cropped(result, count: count, g)
}

/// Adds the windows of a line of output pixels where they lay, one channel and
/// stride 1.
///
/// One place of all windows after the other, because neighbouring windows
/// overlap, and whole ones in turn would each wait for the last one's sums
/// (twice as slow). From right to left, so that every pixel still sums from
/// left to right.
private func addGrayLine(
  of windows: UnsafePointer<Float>, stride: Int, _ g: ConvolutionGeometry,
  into images: UnsafeMutablePointer<Float>, at corner: Int
) {
  for kx in (0..<g.kernelSize).reversed() {
    for ky in 0..<g.kernelSize {
      let source = windows + ky * g.windowLine + kx
      let target = images + corner + ky * g.line + kx
      for x in 0..<g.outputWidth { target[x] += source[x &* stride] }
    }
  }
}

/// Adds one window where it lay in the padded images.
func addWindow(
  _ windows: UnsafePointer<Float>, from first: Int = 0,
  _ g: ConvolutionGeometry, into images: UnsafeMutablePointer<Float>,
  at corner: Int
) {
  for ky in 0..<g.kernelSize {
    let target = images + corner + ky * g.line
    let source = windows + first + ky * g.windowLine
    for i in 0..<g.windowLine { target[i] += source[i] }
  }
}

/// weightGradient[o, c, ky, kx] = Σ input[n, sy + ky, sx + kx, c] ·
/// outputGradient[n, y, x, o], and biasGradient[o] = Σ outputGradient[n, y, x,
/// o], over all images and pixels, in that order; s is the stride.
func convolutionParameterGradients(
  paddedImages: UnsafePointer<Float>, _ outputGradient: OutputGradient,
  count: Int, _ g: ConvolutionGeometry
) -> (weight: [Float], bias: [Float]) {
  let gradients =
    isWorthSkippingZeros(outputGradient, count: count, g)
    ? sparseParameterGradients : denseParameterGradients
  return gradients(paddedImages, outputGradient, count, g)
}

/// The parameters' gradients, as one product a line of output pixels and line
/// of the window.
func denseParameterGradients(
  paddedImages: UnsafePointer<Float>, _ outputGradient: OutputGradient,
  count: Int, _ g: ConvolutionGeometry
) -> (weight: [Float], bias: [Float]) {
  var matrix = [Float](repeating: 0, count: g.window * g.outputChannels)
  var bias = [Float](repeating: 0, count: g.outputChannels)
  outputGradient.forEachLine(count, g) { line, pixels in
    for ky in 0..<g.kernelSize {
      let left = LeftMatrix(
        start: paddedImages + g.corner(ofLine: line) + ky * g.line,
        rowStride: 1, length: g.outputWidth, elementStride: g.step)
      multiply(
        left, by: pixels, rightStride: g.outputChannels,
        into: &matrix, at: ky * g.windowLine * g.outputChannels,
        outputStride: g.outputChannels, rows: g.windowLine,
        columns: g.outputChannels, start: .accumulate)
    }
    addColumnSums(
      of: pixels, rows: g.outputWidth, columns: g.outputChannels, to: &bias)
  }
  return (
    unpacked(matrix, g, outputStride: 1, entryStride: g.outputChannels), bias
  )
}
