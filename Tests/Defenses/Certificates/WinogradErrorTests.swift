import Testing

@testable import Shared

@Suite struct WinogradErrorTests {
  // The matrices of Lavin and Gray 2015, arXiv:1509.09308, section 4.1.
  private let a: [[Double]] = [[1, 1, 1, 0], [0, 1, -1, -1]]
  private let g: [[Double]] = [
    [1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1],
  ]
  private let b: [[Double]] = [
    [1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1],
  ]

  /// The products on the way from weight k and input p to output r.
  private func products(_ r: Int, _ k: Int, _ p: Int) -> [Double] {
    (0..<4).map { a[r][$0] * g[$0][k] * b[$0][p] }
  }

  @Test func `the products add up to a convolution`() {
    for r in 0..<2 {
      for k in 0..<3 {
        for p in 0..<4 {
          #expect(products(r, k, p).reduce(0, +) == (p == r + k ? 1 : 0))
        }
      }
    }
  }

  @Test func `an output needs nothing from outside its window`() {
    for k in 0..<3 {
      #expect(products(0, k, 3).allSatisfy { $0 == 0 })
      #expect(products(1, k, 0).allSatisfy { $0 == 0 })
    }
  }

  @Test func `the weights are the largest magnitudes, added up`() {
    func largest(_ k: Int, _ position: Int) -> Double {
      (0..<2).map { r in
        products(r, k, r + position).reduce(0) { $0 + abs($1) }
      }.reduce(0, max)
    }
    // Filters of one weight each, in turn.
    let identity = (0..<81).map { Float($0 / 9 == $0 % 9 ? -1 : 0) }
    let result = winogradErrorWeights(
      Tensor(shape: [9, 1, 3, 3], scalars: identity))
    let expected = (0..<81).map { index in
      let (weight, entry) = index.quotientAndRemainder(dividingBy: 9)
      return RoundingError.gamma(12) * largest(weight / 3, entry / 3)
        * largest(weight % 3, entry % 3)
    }
    expectClose(
      result.scalars.map(Double.init), expected, relative: 1e-5)
    #expect(
      zip(result.scalars, expected).allSatisfy { Double($0) >= $1 })
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `the layer's error is within the bound`(seed: UInt64) {
    // Magnitudes from a thousandth to a thousand side by side, so that large
    // numbers must cancel to leave small ones.
    let powers = Sample.uniform([2, 8, 8, 16], seed: seed)
    let images = Sample.uniform([2, 8, 8, 16], seed: seed + 100)
      .combined(with: powers) { value, power in
        value * (power > 0.9 ? 1000 : power < 0 ? 0.001 : 1)
      }
    let layer = Conv2D(
      weight: Sample.uniform([32, 16, 3, 3], seed: seed + 200),
      bias: Tensor(shape: [32]), padding: 1)
    #expect(layer.framed(images).geometry.suitsWinograd)
    let computed = layer(images)
    let exact = Reference.convolution(
      ExactTensor(images), weight: ExactTensor(layer.weight),
      bias: ExactTensor(layer.bias), padding: 1)
    let bound = Reference.convolution(
      ExactTensor(images).map(abs),
      weight: ExactTensor(winogradErrorWeights(layer.weight)),
      bias: ExactTensor(layer.bias), padding: 1)
    let shares = computed.scalars.indices.map { i in
      abs(Double(computed.scalars[i]) - exact.scalars[i]) / bound.scalars[i]
    }
    #expect(shares.allSatisfy { $0 <= 1 })
    // Nor is it out of all proportion.
    #expect(shares.contains { $0 > 0.001 })
  }
}
