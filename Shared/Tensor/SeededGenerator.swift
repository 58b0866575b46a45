/// A small random number generator that always repeats itself.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014, doi:10.1145/2660193.2660195). Everything random in
/// this tutorial takes its seed as a value, so the same seed gives the same
/// bits on every run.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose whole future is decided by `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number in `0..<1`, one of 2²⁴ equally spaced ones.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number in `-bound..<bound`.
  public mutating func uniform(within bound: Float) -> Float {
    (2 * uniform() - 1) * bound
  }
}

/// Derives an independent seed, for example one per (seed, epoch) or per layer.
public func derivedSeed(_ seed: UInt64, _ stream: UInt64...) -> UInt64 {
  stream.reduce(seed) { seed, number in
    var generator = SeededGenerator(
      seed: seed ^ (number &* 0xD6E8_FEB8_6659_FD93))
    return generator.next()
  }
}
