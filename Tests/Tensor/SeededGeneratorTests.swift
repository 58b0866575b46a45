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

  @Test func `derived seeds differ by seed and by every number`() {
    var seeds: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for stream in 0..<50 as Range<UInt64> {
        seeds.insert(derivedSeed(seed, stream))
        seeds.insert(derivedSeed(seed, stream, 1))
      }
    }
    #expect(seeds.count == 2000)
    #expect(derivedSeed(1, 2, 3) == derivedSeed(1, 2, 3))
    #expect(derivedSeed(1, 2, 3) != derivedSeed(1, 3, 2))
  }
}
