import Testing

@testable import Shared

@Suite struct ChannelKernelsTests {
  /// Sizes around a block of rows, and numbers of channels that fill no vector.
  @Test(arguments: [(1, 1), (127, 3), (128, 8), (300, 17), (129, 64)])
  func `sums and rows are those of plain loops in Double`(
    rows: Int, channels: Int
  ) {
    let x = Sample.uniform([rows, channels], seed: 1).scalars.map { $0 + 3 }
    let g = Sample.uniform([rows, channels], seed: 2).scalars
    func mean(_ value: (_ row: Int, _ channel: Int) -> Double) -> [Double] {
      (0..<channels).map { c in
        (0..<rows).reduce(0) { $0 + value($1, c) } / Double(rows)
      }
    }
    let exactMeans = mean { Double(x[$0 * channels + $1]) }
    let means = channelMeans(x, channels: channels)
    expectClose(means.map(Double.init), exactMeans, relative: 1e-6)
    func distance(_ row: Int, _ c: Int) -> Double {
      Double(x[row * channels + c]) - Double(means[c])
    }
    let variances = channelVariances(x, around: means).map(Double.init)
    let exact = mean { distance($0, $1) * distance($0, $1) }
    for (one, other) in zip(variances, exact) {
      #expect(abs(one - other) < 1e-5)
    }
    let products = channelProducts(g, with: x, around: means)
    let sums = mean { Double(g[$0 * channels + $1]) }
    let weighted = mean { Double(g[$0 * channels + $1]) * distance($0, $1) }
    for c in 0..<channels {
      #expect(abs(products[c] / Double(rows) - sums[c]) < 1e-5)
      #expect(abs(products[channels + c] / Double(rows) - weighted[c]) < 1e-5)
    }
    let factors = (0..<channels).map { Float($0) - 2 }
    let offsets = (0..<channels).map { Float($0) / 4 }
    let scaled = scaledChannels(
      x, by: factors, plus: offsets, and: (g, offsets))
    for i in x.indices {
      let c = i % channels
      let right = x[i] * factors[c] + offsets[c] + g[i] * offsets[c]
      #expect(abs(scaled[i] - right) < 1e-4)
    }
  }

  @Test func `the number of workers changes no bit`() {
    let x = Sample.uniform([1000, 20], seed: 3).scalars
    let results = [1, 2, 5].map { count in
      Workers.$count.withValue(count) {
        let means = channelMeans(x, channels: 20)
        return means + channelVariances(x, around: means)
          + scaledChannels(x, by: means, plus: means)
      }
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}
