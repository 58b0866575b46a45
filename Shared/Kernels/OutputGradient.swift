internal import Vector

/// ∂loss/∂(output of a convolution) as it comes back: a number a pixel and
/// channel, or, behind ReLU and 2 × 2 pooling, a number a block and which of
/// its pixels it goes to.
///
/// Kernels read it a line of pixels at a time, so that what pooling took away
/// is put back in the first-level cache. In memory, written once and read three
/// times, that was 6 % of PGD; it is 2 % now.
struct OutputGradient: Sendable {
  /// `[N, H, W, O]`, pooled or not.
  let values: [Float]
  /// 0...3 in row-major order, 255 for none; empty if nothing was pooled.
  var winners: [UInt8] = []

  /// How many numbers are not zero.
  var nonZeroCount: Int {
    winners.isEmpty
      ? countNonZeros(values, count: values.count)
      : countWinners(values, winners, count: values.count)
  }

  /// Visits the lines of all images, in order: the number of the line, and its
  /// pixels `[W, O]`.
  func forEachLine(
    _ count: Int, _ g: ConvolutionGeometry,
    _ body: (_ line: Int, _ pixels: UnsafePointer<Float>) -> Void
  ) {
    precondition(
      winners.isEmpty
        ? values.count == count * g.outputImage
        : values.count == count * (g.outputHeight / 2) * (g.outputWidth / 2)
          * g.outputChannels && winners.count == values.count,
      "\(values.count) numbers are not the gradient of \(count) images")
    values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      guard !winners.isEmpty else {
        for line in 0..<count * g.outputHeight {
          body(line, values + line * g.outputLine)
        }
        return
      }
      var pair = [Float](repeating: 0, count: 2 * g.outputLine)
      for image in 0..<count {
        for y in 0..<g.outputHeight {
          if y % 2 == 0 { unpool(image, y, values, winners, g, into: &pair) }
          let line = image * g.outputHeight + y
          pair.withUnsafeBufferPointer { pair in
            guard let first = pair.baseAddress else { return }
            body(line, first + y % 2 * g.outputLine)
          }
        }
      }
    }
  }
}

/// Gives each pixel of two lines the numbers of the blocks that it won.
private func unpool(
  _ image: Int, _ y: Int, _ values: UnsafePointer<Float>,
  _ winners: UnsafePointer<UInt8>, _ g: ConvolutionGeometry,
  into pair: UnsafeMutablePointer<Float>
) {
  let blocks = g.outputWidth / 2
  guard y / 2 < g.outputHeight / 2 else {  // an odd last line
    return clearElements(pair, count: 2 * g.outputLine)
  }
  let first = (image * (g.outputHeight / 2) + y / 2) * blocks
  for x in 0..<blocks {
    let source = (first + x) * g.outputChannels
    unpoolBlock(
      values + source, winners + source, count: g.outputChannels,
      upper: pair + 2 * x * g.outputChannels, line: g.outputLine)
  }
}

@inline(__always)
private func unpoolBlock(
  _ values: UnsafePointer<Float>, _ winners: UnsafePointer<UInt8>, count: Int,
  upper: UnsafeMutablePointer<Float>, line: Int
) {
  let lower = upper + line
  let width = Int(VECTOR_WIDTH)
  var c = 0
  while c + width <= count {
    let vector = load(values + c)
    save(whereEqual(vector, winners + c, 0), upper + c)
    save(whereEqual(vector, winners + c, 1), upper + count + c)
    save(whereEqual(vector, winners + c, 2), lower + c)
    save(whereEqual(vector, winners + c, 3), lower + count + c)
    c += width
  }
  for c in c..<count {
    upper[c] = winners[c] == 0 ? values[c] : 0
    upper[count + c] = winners[c] == 1 ? values[c] : 0
    lower[c] = winners[c] == 2 ? values[c] : 0
    lower[count + c] = winners[c] == 3 ? values[c] : 0
  }
}

private func countNonZeros(
  _ values: UnsafePointer<Float>, count: Int
) -> Int {
  var total: Int32 = 0
  for i in 0..<count { total &+= values[i] != 0 ? 1 : 0 }
  return Int(total)
}

private func countWinners(
  _ values: UnsafePointer<Float>, _ winners: UnsafePointer<UInt8>, count: Int
) -> Int {
  let width = Int(VECTOR_WIDTH)
  var (total, i) = (0, 0)
  while i + width <= count {
    let vector = load(values + i)
    let lost = whereEqual(vector, winners + i, 255)
    total += (nonZeroLanes(vector) & ~nonZeroLanes(lost)).nonzeroBitCount
    i += width
  }
  for i in i..<count where values[i] != 0 && winners[i] != 255 { total += 1 }
  return total
}
