import Testing

@testable import Shared

@Suite struct RoundingErrorTests {
  @Test func `additions in a row come close to the bound`() {
    // 1 + u is halfway to the next number and rounds to 1: each addition loses
    // u, a thousand of them a thousand.
    var sum: Float = 1
    for _ in 0..<1000 { sum += 0x1p-24 }
    let exact = 1 + 1000 * 0x1p-24
    let error = exact - Double(sum)
    let bound = RoundingError.gamma(1001) * exact
    #expect(error <= bound)
    #expect(error > 0.99 * bound)
  }

  @Test func `one rounding is off by u at most`() {
    #expect(RoundingError.gamma(0) == 0)
    #expect(RoundingError.gamma(1) == 0x1p-24 / (1 - 0x1p-24))
  }

  @Test func `so many roundings that nothing is left`() {
    #expect(RoundingError.gamma((1 << 23) - 1) < 1)
    #expect(RoundingError.gamma(1 << 23) == .infinity)
    #expect(RoundingError.gamma(1 << 24) == .infinity)
    #expect(RoundingError.gamma(1 << 25) == .infinity)
  }

  @Test func `underflow is covered many times over`() {
    // The smallest number of all, halved: 0 instead of 2⁻¹⁵⁰.
    let lost = Float.leastNonzeroMagnitude * 0.5
    #expect(lost == 0)
    #expect(RoundingError.underflow(1) > 1000 * 0x1p-150)
  }

  @Test(arguments: [1, 16, 33, 3136])
  func `sums of the kernel keep it`(inputs: Int) {
    let input = Sample.uniform([4, inputs], seed: 1)
    let weight = Sample.uniform([5, inputs], seed: 2)
    let bias = Sample.uniform([5], seed: 3)
    let computed = Linear(weight: weight, bias: bias)(input)
    let exact = Reference.linear(
      ExactTensor(input), weight: ExactTensor(weight), bias: ExactTensor(bias))
    let sizes = Reference.linear(
      ExactTensor(input).map(abs), weight: ExactTensor(weight).map(abs),
      bias: ExactTensor(bias).map(abs))
    let gamma = RoundingError.gamma(inputs + 1)
    for i in computed.scalars.indices {
      let error = abs(Double(computed.scalars[i]) - exact.scalars[i])
      #expect(error <= gamma * sizes.scalars[i])
    }
  }
}
