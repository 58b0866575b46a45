/// The largest of each `size` × `size` block, and which one it was.
///
/// Images are `[N, H, W, C]`; channels are the inner loop, so one comparison
/// serves a vector of them. `winners` counts positions inside the block in
/// row-major order; a tie goes to the first, as in PyTorch.
func maxPoolForward(
  _ images: UnsafePointer<Float>, count: Int, height: Int, width: Int,
  channels: Int, size: Int
) -> (output: [Float], winners: [UInt8]) {
  let blocks = Blocks(count, height, width, size)
  var winners = [UInt8](repeating: 0, count: blocks.count * channels)
  let output = uninitialized(winners.count) { output in
    winners.withUnsafeMutableBufferPointer { winners in
      guard let winners = winners.baseAddress else { return }
      for block in 0..<blocks.count {
        let corner = blocks.corner(block)
        let best = output + block * channels
        if size == 2 {
          largestOfFour(
            images + corner * channels, images + (corner + width) * channels,
            best, winners + block * channels, count: channels)
          continue
        }
        best.update(from: images + corner * channels, count: channels)
        for position in 1..<max(size * size, 1) {
          let pixel = corner + position / size * width + position % size
          keepLarger(
            best, winners + block * channels, images + pixel * channels,
            UInt8(position), count: channels)
        }
      }
    }
  }
  return (output, winners)
}

/// The same for blocks of 2 × 2, each number read and written once: half the
/// time of an epoch's pooling.
@inline(__always)
private func largestOfFour(
  _ upper: UnsafePointer<Float>, _ lower: UnsafePointer<Float>,
  _ best: UnsafeMutablePointer<Float>, _ winners: UnsafeMutablePointer<UInt8>,
  count: Int
) {
  for c in 0..<count {
    let (second, third, fourth) = (upper[count + c], lower[c], lower[count + c])
    var (value, winner) = (upper[c], Int32(0))
    (value, winner) = second > value ? (second, 1) : (value, winner)
    (value, winner) = third > value ? (third, 2) : (value, winner)
    (value, winner) = fourth > value ? (fourth, 3) : (value, winner)
    best[c] = value
    winners[c] = UInt8(truncatingIfNeeded: winner)
  }
}

@inline(__always)
private func keepLarger(
  _ best: UnsafeMutablePointer<Float>, _ winners: UnsafeMutablePointer<UInt8>,
  _ candidate: UnsafePointer<Float>, _ position: UInt8, count: Int
) {
  for c in 0..<count {
    let larger = candidate[c] > best[c]
    best[c] = larger ? candidate[c] : best[c]
    winners[c] = larger ? position : winners[c]
  }
}

/// Hands each gradient to the pixel that won its block; the others get zero.
func maxPoolInputGradient(
  _ outputGradient: UnsafePointer<Float>, winners: UnsafePointer<UInt8>,
  count: Int, height: Int, width: Int, channels: Int, size: Int
) -> [Float] {
  let blocks = Blocks(count, height, width, size)
  return uninitialized(count * height * width * channels) { result in
    if height % size != 0 || width % size != 0 {
      // Pixels that belong to no block.
      result.update(repeating: 0, count: count * height * width * channels)
    }
    for block in 0..<blocks.count {
      let corner = blocks.corner(block)
      for position in 0..<size * size {
        let pixel = corner + position / size * width + position % size
        takeIfWinner(
          result + pixel * channels, outputGradient + block * channels,
          winners + block * channels, UInt8(position), count: channels)
      }
    }
  }
}

@inline(__always)
private func takeIfWinner(
  _ target: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ winners: UnsafePointer<UInt8>, _ position: UInt8, count: Int
) {
  for c in 0..<count { target[c] = winners[c] == position ? gradient[c] : 0 }
}

/// The blocks of all images, in order.
private struct Blocks {
  let count: Int
  private let rows: Int
  private let columns: Int
  private let height: Int
  private let width: Int
  private let size: Int

  init(_ images: Int, _ height: Int, _ width: Int, _ size: Int) {
    rows = height / size
    columns = width / size
    count = images * rows * columns
    self.height = height
    self.width = width
    self.size = size
  }

  /// The pixel in the upper left corner of a block.
  @inline(__always)
  func corner(_ block: Int) -> Int {
    let (row, x) = block.quotientAndRemainder(dividingBy: columns)
    let (image, y) = row.quotientAndRemainder(dividingBy: rows)
    return (image * height + y * size) * width + x * size
  }
}
