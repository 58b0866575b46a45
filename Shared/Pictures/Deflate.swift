/// A small compressor for pictures of enlarged pixels (RFC 1950 and 1951).
///
/// Foundation has no compressor on every system. This one knows two things
/// about its input, which is enough here: a pixel often equals the one to its
/// left, and a row often equals the one above.
struct Deflate {
  /// Bytes from one row to the next, and from one pixel to the next.
  var distances: [Int]
  private var output: [UInt8] = []
  private var buffer: UInt32 = 0
  private var bitCount = 0

  init(rowLength: Int, pixel: Int) { distances = [pixel, rowLength] }

  /// The zlib stream of some bytes.
  func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var writer = self
    writer.compress(bytes)
    var sum = Adler32()
    sum.add(bytes[...])
    return [0x78, 0x01] + writer.output
      + (0..<4).map { UInt8(truncatingIfNeeded: sum.value >> (24 - 8 * $0)) }
  }

  private mutating func compress(_ bytes: [UInt8]) {
    put(1, bits: 1)  // the last block
    put(1, bits: 2)  // with the fixed codes
    var position = 0
    while position < bytes.count {
      let (length, distance) = longestMatch(bytes, at: position)
      if length >= 3 {
        putLength(length)
        putDistance(distance)
        position += length
      } else {
        putSymbol(Int(bytes[position]))
        position += 1
      }
    }
    putSymbol(256)  // end of block
    if bitCount > 0 { put(0, bits: 8 - bitCount) }
  }

  /// The longest repetition, at most 258 bytes, from one of the distances.
  private func longestMatch(_ bytes: [UInt8], at position: Int)
    -> (length: Int, distance: Int)
  {
    var best = (length: 0, distance: 0)
    let limit = min(258, bytes.count - position)
    for distance in distances where distance <= min(position, 32_768) {
      var length = 0
      while length < limit,
        bytes[position + length] == bytes[position + length - distance]
      { length += 1 }
      if length > best.length { best = (length, distance) }
    }
    return best
  }

  /// Lengths 3...258 are symbols 257...285 with extra bits.
  private mutating func putLength(_ length: Int) {
    guard length < 258 else { return putSymbol(285) }
    let (code, extra, bits) = Self.bucket(length - 3, firstBits: 2)
    putSymbol(257 + code)
    put(UInt32(extra), bits: bits)
  }

  /// Distances from 1 are codes 0...29 with extra bits, five bits each.
  private mutating func putDistance(_ distance: Int) {
    let (code, extra, bits) = Self.bucket(distance - 1, firstBits: 1)
    putReversed(UInt32(code), bits: 5)
    put(UInt32(extra), bits: bits)
  }

  /// Both tables of the format follow one rule: the first 2ᶠ⁺¹ values have
  /// codes of their own, then 2ᶠ codes share each power of two.
  private static func bucket(_ value: Int, firstBits: Int)
    -> (code: Int, extra: Int, bits: Int)
  {
    guard value >= 2 << firstBits else { return (value, 0, 0) }
    let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
    let bits = exponent - firstBits
    let code = bits << firstBits + value >> bits
    return (code, value & (1 << bits - 1), bits)
  }

  /// The fixed code of a literal or length.
  private mutating func putSymbol(_ symbol: Int) {
    switch symbol {
    case 0...143: putReversed(UInt32(0x30 + symbol), bits: 8)
    case 144...255: putReversed(UInt32(0x190 + symbol - 144), bits: 9)
    case 256...279: putReversed(UInt32(symbol - 256), bits: 7)
    default: putReversed(UInt32(0xC0 + symbol - 280), bits: 8)
    }
  }

  /// Codes go out with their highest bit first, everything else lowest first.
  private mutating func putReversed(_ code: UInt32, bits: Int) {
    for bit in (0..<bits).reversed() { put(code >> bit & 1, bits: 1) }
  }

  private mutating func put(_ value: UInt32, bits: Int) {
    buffer |= value << bitCount
    bitCount += bits
    while bitCount >= 8 {
      output.append(UInt8(truncatingIfNeeded: buffer))
      buffer >>= 8
      bitCount -= 8
    }
  }
}
