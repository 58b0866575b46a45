import Testing

@testable import Shared

@Suite struct SeededGeneratorTests {
  @Test func `it is SplitMix64`() {
    // The published values of Vigna's splitmix64.c for this seed.
    var generator = SeededGenerator(seed: 1_234_567)
    let values = (0..<5).map { _ in generator.next() }
    #expect(
      values == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973,
        9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func `uniform numbers fill 0..<1 evenly`() {
    var generator = SeededGenerator(seed: 1)
    var counts = Array(repeating: 0, count: 10)
    for _ in 0..<100_000 {
      let number = generator.uniform()
      #expect(number >= 0 && number < 1)
      counts[Int(number * 10)] += 1
    }
    // Five standard deviations of a binomial count.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 475 }, "\(counts)")
  }

  @Test func `derived seeds differ by seed, purpose and every number`() {
    var seeds: Set<UInt64> = []
    for seed in 0..<50 as Range<UInt64> {
      for stream in [RandomStream.weights, .split, .shuffle, .coins] {
        for number in 0..<20 {
          seeds.insert(derivedSeed(seed, stream, number))
          seeds.insert(derivedSeed(seed, stream, number, 1))
        }
      }
    }
    #expect(seeds.count == 50 * 4 * 40)
    #expect(derivedSeed(1, .step, 2, 3) == derivedSeed(1, .step, 2, 3))
    #expect(derivedSeed(1, .step, 2, 3) != derivedSeed(1, .step, 3, 2))
  }

  @Test func `every pixel of an image counts as a number`() {
    let pixels: [Float] = [0, 0.5, 1]
    let expected = pixels.reduce(7 as UInt64) {
      derivedSeed($0, .noise, Int($1.bitPattern))
    }
    #expect(derivedSeed(7, .noise, pixels: pixels[...]) == expected)
  }

  @Test func `noise does not follow the weights of the same seed`() {
    let weights = Sequential.notebookNetwork(seed: 2).parameters
      .flatMap(\.value.scalars)
    let image = Tensor(shape: [1, 1, weights.count, 1], repeating: 0.5)
    let noise = RandomSigns(epsilon: .pixels(0.1), seed: 2).perturb(
      image, labels: [0], against: [:])
    let agreeing = zip(weights, noise.scalars).count { ($0 > 0) == ($1 > 0.5) }
    // Five standard deviations of a fair coin.
    let expected = Double(weights.count) / 2
    #expect(abs(Double(agreeing) - expected) < 5 * (expected / 2).squareRoot())
  }
}
