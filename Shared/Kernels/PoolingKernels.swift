/// The largest of each `size` × `size` block, and which one it was.
///
/// Images are `[N, H, W, C]`; channels are the inner loop, so one comparison
/// serves a vector of them. `winners` counts positions inside the block in
/// row-major order; a tie goes to the first, as in PyTorch.
func maxPoolForward(
  _ images: UnsafePointer<Float>, count: Int, height: Int, width: Int,
  channels: Int, size: Int
) -> (output: [Float], winners: [UInt8]) {
  let (rows, columns) = (height / size, width / size)
  var winners = [UInt8](repeating: 0, count: count * rows * columns * channels)
  let output = uninitialized(winners.count) { output in
    forEachBlock(count, height, width, size) { block, corner in
      let best = output + block * channels
      best.update(from: images + corner * channels, count: channels)
      for position in 1..<max(size * size, 1) {
        let pixel = corner + position / size * width + position % size
        keepLarger(
          best, &winners, at: block * channels, images + pixel * channels,
          UInt8(position), count: channels)
      }
    }
  }
  return (output, winners)
}

private func keepLarger(
  _ best: UnsafeMutablePointer<Float>, _ winners: UnsafeMutablePointer<UInt8>,
  at offset: Int, _ candidate: UnsafePointer<Float>, _ position: UInt8,
  count: Int
) {
  let winners = winners + offset
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
  var result = [Float](
    repeating: 0, count: count * height * width * channels)
  forEachBlock(count, height, width, size) { block, corner in
    for position in 0..<size * size {
      let pixel = corner + position / size * width + position % size
      takeIfWinner(
        &result, at: pixel * channels, outputGradient + block * channels,
        winners + block * channels, UInt8(position), count: channels)
    }
  }
  return result
}

private func takeIfWinner(
  _ target: UnsafeMutablePointer<Float>, at offset: Int,
  _ gradient: UnsafePointer<Float>, _ winners: UnsafePointer<UInt8>,
  _ position: UInt8, count: Int
) {
  let target = target + offset
  for c in 0..<count { target[c] = winners[c] == position ? gradient[c] : 0 }
}

/// Visits every block: its number, and the pixel in its upper left corner.
private func forEachBlock(
  _ count: Int, _ height: Int, _ width: Int, _ size: Int,
  _ body: (_ block: Int, _ corner: Int) -> Void
) {
  var block = 0
  for image in 0..<count {
    for y in 0..<height / size {
      for x in 0..<width / size {
        body(block, (image * height + y * size) * width + x * size)
        block += 1
      }
    }
  }
}
