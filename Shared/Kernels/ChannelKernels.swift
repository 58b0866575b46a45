// Sums down the columns of `[rows, channels]`, and rows rewritten channel by
// channel: what batch normalization needs. The workers share blocks of rows;
// sums within a block are vectors of `Float`, blocks are added in order as
// `Double`. Against plain loops over arrays in `Double` this is 40 times faster.

/// Rows in a block: few enough for sums in `Float`, and for the nearest cache.
private let blockSize = 128

/// mean[c] = Σ x[r, c] / rows.
func channelMeans(_ x: [Float], channels: Int) -> [Float] {
  let rows = x.count / channels
  return channelSums(rows, channels, sums: 1) { range, sums in
    x.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      addColumnSums(
        of: x + range.lowerBound * channels, rows: range.count,
        columns: channels, to: &sums)
    }
  }.map { Float($0 / Double(rows)) }
}

/// variance[c] = Σ (x[r, c] − means[c])² / rows.
func channelVariances(_ x: [Float], around means: [Float]) -> [Float] {
  let channels = means.count
  let rows = x.count / channels
  return channelSums(rows, channels, sums: 1) { range, sums in
    x.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      addSquares(x, rows: range, means, channels: channels, to: &sums)
    }
  }.map { Float($0 / Double(rows)) }
}

/// Σ g[r, c], and behind them Σ g[r, c] · (x[r, c] − means[c]).
func channelProducts(_ g: [Float], with x: [Float], around means: [Float])
  -> [Double]
{
  let channels = means.count
  return channelSums(g.count / channels, channels, sums: 2) { range, sums in
    g.withUnsafeBufferPointer { g in
      x.withUnsafeBufferPointer { x in
        guard let g = g.baseAddress, let x = x.baseAddress else { return }
        addProducts(
          g, x, rows: range, means, channels: channels, to: &sums)
      }
    }
  }
}

/// x[r, c] · factors[c] + offsets[c], and other[r, c] · otherFactors[c] more.
func scaledChannels(
  _ x: [Float], by factors: [Float], plus offsets: [Float],
  and other: (values: [Float], factors: [Float])? = nil
) -> [Float] {
  let channels = factors.count
  return uninitialized(x.count) { target in
    nonisolated(unsafe) let result = target
    let blocks = Workers.shards(of: x.count / channels, size: blockSize)
    _ = Workers.map(blocks.count) { index in
      let values = blocks[index].lowerBound * channels
      let count = blocks[index].count
      x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress else { return }
        scale(
          x + values, rows: count, channels: channels, factors, offsets,
          into: result + values)
      }
      other?.values.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress, let other else { return }
        addScaled(
          x + values, rows: count, channels: channels, other.factors,
          to: result + values)
      }
    }
  }
}

/// Sums of blocks of rows, each as `Float`, put together in order.
private func channelSums(
  _ rows: Int, _ channels: Int, sums: Int,
  _ add: @escaping @Sendable (_ rows: Range<Int>, _ sums: inout [Float]) -> Void
) -> [Double] {
  let blocks = Workers.shards(of: rows, size: blockSize)
  let parts = Workers.map(blocks.count) { index in
    var part = [Float](repeating: 0, count: sums * channels)
    add(blocks[index], &part)
    return part
  }
  return parts.reduce(into: [Double](repeating: 0, count: sums * channels)) {
    total, part in
    for c in total.indices { total[c] += Double(part[c]) }
  }
}

private func addSquares(
  _ x: UnsafePointer<Float>, rows: Range<Int>, _ means: UnsafePointer<Float>,
  channels: Int, to sums: UnsafeMutablePointer<Float>
) {
  for row in rows {
    let x = x + row &* channels
    for c in 0..<channels {
      let distance = x[c] - means[c]
      sums[c] += distance * distance
    }
  }
}

private func addProducts(
  _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Range<Int>,
  _ means: UnsafePointer<Float>, channels: Int,
  to sums: UnsafeMutablePointer<Float>
) {
  let products = sums + channels
  for row in rows {
    let (g, x) = (g + row &* channels, x + row &* channels)
    for c in 0..<channels {
      sums[c] += g[c]
      products[c] += g[c] * (x[c] - means[c])
    }
  }
}

private func scale(
  _ x: UnsafePointer<Float>, rows: Int, channels: Int,
  _ factors: UnsafePointer<Float>, _ offsets: UnsafePointer<Float>,
  into result: UnsafeMutablePointer<Float>
) {
  for row in 0..<rows {
    let (x, result) = (x + row &* channels, result + row &* channels)
    for c in 0..<channels { result[c] = x[c] * factors[c] + offsets[c] }
  }
}

private func addScaled(
  _ x: UnsafePointer<Float>, rows: Int, channels: Int,
  _ factors: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
) {
  for row in 0..<rows {
    let (x, result) = (x + row &* channels, result + row &* channels)
    for c in 0..<channels { result[c] += x[c] * factors[c] }
  }
}
