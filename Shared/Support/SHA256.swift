import Foundation

/// The SHA-256 of some bytes, as 64 hexadecimal digits (FIPS 180-4).
///
/// Written out here because Foundation has none on Linux.
public enum SHA256 {
  /// Hashes all bytes at once.
  public static func hash(_ data: Data) -> String {
    var message = [UInt8](data)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    message += [UInt8](repeating: 0, count: (120 - message.count % 64) % 64)
    message += (0..<8).map {
      UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0))
    }
    var state = initialState
    let constants = roundConstants  // looked up once, not at every use
    message.withUnsafeBytes { bytes in
      for block in stride(from: 0, to: bytes.count, by: 64) {
        compress(bytes, at: block, constants, into: &state)
      }
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func compress(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, _ constants: [UInt32],
    into state: inout [UInt32]
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
      for i in 0..<16 {
        w[i] = UInt32(
          bigEndian: bytes.loadUnaligned(
            fromByteOffset: offset + 4 * i, as: UInt32.self))
      }
      for i in 16..<64 {
        let (a, b) = (w[i - 15], w[i - 2])
        let s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >> 3)
        let s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >> 10)
        w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      for i in 0..<64 {
        let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = h &+ s1 &+ choice &+ constants[i] &+ w[i]
        let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ s0 &+ majority)
      }
      for (i, word) in [a, b, c, d, e, f, g, h].enumerated() {
        state[i] = state[i] &+ word
      }
    }
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word >> bits | word << (32 - bits)
  }

  /// The first 32 bits of the fractional parts of the square roots of the
  /// first 8 primes.
  private static let initialState: [UInt32] = primes.prefix(8).map {
    fraction(Double($0).squareRoot())
  }

  /// Likewise of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = primes.map {
    fraction(cbrt(Double($0)))
  }

  private static let primes = (2...311).filter { n in
    !(2..<n).contains { n % $0 == 0 }
  }

  private static func fraction(_ root: Double) -> UInt32 {
    UInt32((root - root.rounded(.down)) * 0x1p32)
  }
}
