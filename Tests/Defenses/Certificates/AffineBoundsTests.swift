import Testing

@testable import Shared

@Suite struct AffineBoundsTests {
  private let linear = Linear(
    weight: Sample.uniform([7, 50], seed: 1),
    bias: Sample.uniform([7], seed: 2))

  private func convolution(_ channels: Int, _ size: Int, stride: Int) -> Conv2D
  {
    Conv2D(
      weight: Sample.uniform([16, channels, size, size], seed: 3),
      bias: Sample.uniform([16], seed: 4), padding: 1, stride: stride)
  }

  @Test func `a box of one point holds what the layer computes of it`() {
    func check(_ layer: some Layer, _ bounds: AffineBounds, _ input: Tensor) {
      let result = bounds(IntervalBounds(lower: input, upper: input))
      let output = layer(input)
      let widest = 0.001 * output.maximumMagnitude
      for (i, number) in output.scalars.enumerated() {
        let (lower, upper) = (result.lower.scalars[i], result.upper.scalars[i])
        #expect(lower <= number && number <= upper)
        #expect(upper - lower < widest)
      }
    }
    check(linear, AffineBounds(linear), Sample.uniform([5, 50], seed: 5))
    for (channels, size, stride) in [(16, 3, 1), (3, 4, 2), (1, 3, 1)] {
      let layer = convolution(channels, size, stride: stride)
      let shape = [8, 8, channels]
      check(
        layer, AffineBounds(layer, imageShape: shape),
        Sample.uniform([3] + shape, seed: 6).map { $0 * $0 * $0 })
    }
  }

  @Test func `the worst corner of a box reaches the bound`() {
    let lower = Sample.uniform([1, 50], seed: 7)
    let upper = lower + Sample.uniform([1, 50], seed: 8).map(abs)
    let result = AffineBounds(linear)(
      IntervalBounds(lower: lower, upper: upper))
    for output in 0..<7 {
      let row = Array(linear.weight.row(output))
      func corner(_ isUpper: (Float) -> Bool) -> Float {
        let corner = row.indices.map {
          isUpper(row[$0]) ? upper.scalars[$0] : lower.scalars[$0]
        }
        return linear(Tensor(shape: [1, 50], scalars: corner)).scalars[output]
      }
      let (least, largest) = (corner { $0 < 0 }, corner { $0 > 0 })
      #expect(result.lower.scalars[output] <= least)
      #expect(result.lower.scalars[output] > least - 0.001)
      #expect(result.upper.scalars[output] >= largest)
      #expect(result.upper.scalars[output] < largest + 0.001)
    }
  }

  @Test(arguments: [.nan, .infinity, -.infinity, 1e30] as [Float])
  func `of such a weight or bias nothing follows`(value: Float) {
    let box = IntervalBounds(
      lower: Tensor(shape: [1, 2], scalars: [0, 0]),
      upper: Tensor(shape: [1, 2], scalars: [0, 1]))
    func bounds(_ weight: [Float], _ bias: [Float]) -> IntervalBounds {
      let layer = Linear(
        weight: Tensor(shape: [2, 2], scalars: weight), bias: Tensor(bias))
      return AffineBounds(layer)(box)
    }
    for result in [
      // Its input is 0, and infinity times that is no number.
      bounds([value, 1, 1, 1], [0, 0]), bounds([1, value, 1, 1], [0, 0]),
      bounds([1, 1, 1, 1], [value.isFinite ? 1e38 : value, 0]),
    ] {
      #expect(result.lower.scalars[0] == -.infinity)
      #expect(result.upper.scalars[0] == .infinity)
      #expect(abs(result.lower.scalars[1]) < 1e-5)
      #expect(abs(result.upper.scalars[1] - 1) < 1e-5)
    }
  }

  @Test func `where sums may overflow nothing follows`() {
    // 2¹²³ is still a `Float`; the bounds give up well before the end.
    let huge = Tensor(shape: [1, 1], scalars: [0x1p64])
    let layer = Linear(
      weight: Tensor(shape: [1, 1], scalars: [0x1p59]), bias: Tensor([0]))
    let result = AffineBounds(layer)(IntervalBounds(lower: huge, upper: huge))
    #expect(result.lower.scalars == [-.infinity])
    #expect(result.upper.scalars == [.infinity])
  }

  @Test func `of a box without limits nothing follows, by any weight`() {
    let layer = Linear(
      weight: Tensor(shape: [1, 2], scalars: [0, 1]), bias: Tensor([0]))
    for end in [Float.infinity, 1] {
      let result = AffineBounds(layer)(
        IntervalBounds(
          lower: Tensor(shape: [1, 2], scalars: [-.infinity, 0]),
          upper: Tensor(shape: [1, 2], scalars: [end, 1])))
      #expect(result.lower.scalars == [-.infinity])
      #expect(result.upper.scalars == [.infinity])
    }
  }

  @Test func `numbers too small for a product are covered`() {
    // The product is 0, and in truth 2⁻¹⁶⁰.
    let tiny = Tensor(shape: [1, 1], scalars: [0x1p-80])
    let layer = Linear(weight: tiny, bias: Tensor([0]))
    #expect(layer(tiny).scalars == [0])
    let result = AffineBounds(layer)(IntervalBounds(lower: tiny, upper: tiny))
    #expect(result.lower.scalars[0] < 0)
    #expect(result.upper.scalars[0] > 0x1p-149)
  }
}
