import Foundation
import Testing

@testable import Shared

@Suite struct InflateTests {
  /// What the fixtures of one payload hold.
  private static let payload = (0..<700).map { i in
    UInt8(truncatingIfNeeded: ((i * i) >> 5) ^ i) & (i % 7 == 0 ? 0xFF : 0x1F)
  }

  /// The same 300 bytes, 32,300 apart.
  private static var farApart: [UInt8] {
    var state: UInt32 = 1
    let noise = (0..<300).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return noise + Array(repeating: 0, count: 32_000) + noise
  }

  @Test(arguments: [
    ZlibFixtures.level0, ZlibFixtures.level1, ZlibFixtures.level9,
    ZlibFixtures.fixed,
  ])
  func `streams of zlib come out as they went in`(stream: String) throws {
    let bytes = try Inflate.zlib(
      fixture(stream), limit: Self.payload.count)
    #expect(bytes == Self.payload)
  }

  @Test func `a repetition reaches back over 32,000 bytes`() throws {
    let stream = fixture(ZlibFixtures.far)
    #expect(try Inflate.zlib(stream, limit: 100_000) == Self.farApart)
  }

  @Test(arguments: [0, 1, 2, 257, 258, 259, 5000])
  func `the package's own compressor is undone`(count: Int) throws {
    let bytes = Self.farApart.suffix(count) + Self.payload
    let stream = Deflate(rowLength: 28, pixel: 3).zlib(Array(bytes))
    #expect(try Inflate.zlib(stream, limit: bytes.count) == Array(bytes))
  }

  @Test func `nothing comes out beyond the limit`() throws {
    let bomb = Deflate(rowLength: 1, pixel: 1)
      .zlib(Array(repeating: 0, count: 3_000_000))
    #expect(bomb.count < 30_000)
    for limit in [0, 1, 1000, 131_072, 2_999_999, 3_000_000] {
      let bytes = try Inflate.zlib(bomb, limit: limit)
      #expect(bytes == Array(repeating: 0, count: limit))
    }
    let stored = fixture(ZlibFixtures.level0)
    #expect(try Inflate.zlib(stored, limit: 699) == Self.payload.dropLast())
  }

  @Test func `a stream may lie in parts, and hands on in pieces`() throws {
    let bytes = (0..<1000).flatMap { _ in Self.farApart.prefix(400) }
    let stream = Deflate(rowLength: 28, pixel: 3).zlib(bytes)
    let middle = stream.count / 2
    let input = [9, 9] + stream[..<middle] + [9, 9, 9] + stream[middle...]
    var result: [UInt8] = []
    var pieces = 0
    let count = try Inflate.zlib(
      input,
      at: [
        2..<2, 2..<2 + middle, 4..<4, middle + 5..<input.count,
      ], limit: bytes.count
    ) {
      result += $0
      pieces += 1
    }
    #expect(count == bytes.count && result == bytes && pieces > 3)
  }

  @Test(arguments: [ZlibFixtures.level0, ZlibFixtures.level9])
  func `a stream cut anywhere throws`(text: String) throws {
    let stream = fixture(text)
    for length in 0..<stream.count { expectError(Array(stream[..<length])) }
    #expect(try Inflate.zlib(stream + [0], limit: 10_000) == Self.payload)
  }

  @Test(arguments: [
    ZlibFixtures.level0, ZlibFixtures.level9, ZlibFixtures.fixed,
  ])
  func `every wrong byte is noticed`(text: String) {
    let stream = fixture(text)
    for position in stream.indices {
      var damaged = stream
      damaged[position] ^= 0x55
      expectError(damaged)
    }
  }

  /// Bits as RFC 1951 writes them down: in the order of the stream.
  @Test(arguments: [
    ("1 11", "no known kind"),
    // Stored: a length and a complement that do not match.
    ("1 00 00000 1000000000000000 1111111111111111", "wrong length"),
    // Fixed: length 3, distance 1, before there is anything.
    ("1 10 0000001 00000", "never there"),
    // Fixed: a literal, then length 3 and distance code 30.
    ("1 10 00110000 0000001 11110", "distance of no meaning"),
    // Fixed: symbol 286.
    ("1 10 11000110", "length of no meaning"),
    // 287 symbols, 1 distance, 4 lengths.
    ("1 01 01111 00000 0000", "too many codes"),
    // 257 symbols, 31 distances.
    ("1 01 00000 01111 0000", "too many codes"),
    // Four length codes of one bit each.
    ("1 01 00000 00000 0000 100 100 100 100", "a code that is not one"),
    // One length code: incomplete.
    ("1 01 00000 00000 0000 100 000 000 000", "a code that is not one"),
    // Lengths 16 and 0 have codes, and 16, repeat the last, comes first.
    ("1 01 00000 00000 0000 100 000 000 100 1 00", "repeat a code length"),
    // 258 lengths, all of them 0: no end of block.
    (
      "1 01 00000 00000 0000 000 000 100 100 1 1111111 1 0010111",
      "cannot end"
    ),
    // One repetition too many.
    (
      "1 01 00000 00000 0000 000 000 100 100 1 1111111 1 1111111",
      "cannot end"
    ),
  ])
  func `what the standard forbids is named`(bits: String, says: String) {
    var stream: [UInt8] = [0x78, 0x9C]
    let digits = bits.filter { $0 != " " }.map { $0 == "1" }
    for (index, digit) in digits.enumerated() {
      if index % 8 == 0 { stream.append(0) }
      if digit { stream[stream.count - 1] |= 1 << (index % 8) }
    }
    expectError(stream + [0, 0, 0, 0, 0], says)
  }

  @Test(
    arguments: [
      [0x79, 0x9C], [0x78, 0x9D], [0x88, 0x1C], [0x78, 0xBB], [0x78], [],
    ] as [[UInt8]])
  func `a wrong head is refused`(head: [UInt8]) {
    expectError(head + [3, 0, 0, 0, 0, 1], "begin like a zlib stream")
  }

  @Test func `noise never passes`() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let noise = (0..<60).map { _ in
        UInt8(truncatingIfNeeded: generator.next())
      }
      expectError([0x78, 0x9C] + noise)
    }
  }

  private func expectError(
    _ stream: [UInt8], limit: Int = 10_000, _ text: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(
      throws: TutorialError.self, sourceLocation: sourceLocation
    ) {
      try Inflate.zlib(stream, limit: limit)
    }
    let message = error?.description ?? ""
    #expect(
      text.isEmpty || message.contains(text), "\(message)",
      sourceLocation: sourceLocation)
  }
}

extension Inflate {
  /// All that a stream holds.
  static func zlib(_ stream: [UInt8], limit: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    _ = try zlib(stream, at: [stream.indices], limit: limit) { result += $0 }
    return result
  }
}
