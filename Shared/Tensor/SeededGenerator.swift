import Foundation

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

  /// A number from the normal distribution with mean 0 and variance 1.
  ///
  /// Box and Muller, "A Note on the Generation of Random Normal Deviates",
  /// Annals of Mathematical Statistics 29 (1958).
  public mutating func normal() -> Float {
    // In (0, 1], because log(0) is no number.
    let radius = (-2 * log(1 - Double(uniform()))).squareRoot()
    return Float(radius * cos(2 * .pi * Double(uniform())))
  }

  /// +1 or −1, decided by a coin.
  public mutating func coin() -> Float { next() >> 63 == 0 ? 1 : -1 }
}

/// What a random number is for.
///
/// Two purposes that drew from one stream would not be independent: noise drawn
/// with the seed of the weights would follow the signs of the weights.
public enum RandomStream: UInt64, Sendable {
  case weights = 1
  case split, shuffle, step, shard, layer, coins, attackStart, query, noise
}

/// A seed for one purpose, and there for one epoch, step or shard.
///
/// - Parameters:
///   - seed: The seed of the whole run.
///   - stream: The purpose.
///   - numbers: Which epoch, step or the like.
/// - Returns: A seed whose stream has nothing to do with any other's.
public func derivedSeed(
  _ seed: UInt64, _ stream: RandomStream, _ numbers: Int...
) -> UInt64 {
  numbers.reduce(mixed(seed, stream.rawValue)) {
    mixed($0, UInt64(bitPattern: Int64($1)))
  }
}

/// A seed for one purpose and one image: its pixels take the place of numbers.
func derivedSeed(
  _ seed: UInt64, _ stream: RandomStream, pixels: ArraySlice<Float>
) -> UInt64 {
  pixels.reduce(seed) {
    mixed(mixed($0, stream.rawValue), UInt64($1.bitPattern))
  }
}

/// Scrambles twice, so that neither 0 nor equal numbers cancel out.
private func mixed(_ seed: UInt64, _ number: UInt64) -> UInt64 {
  var outer = SeededGenerator(seed: seed)
  var inner = SeededGenerator(seed: outer.next() ^ number)
  return inner.next()
}
