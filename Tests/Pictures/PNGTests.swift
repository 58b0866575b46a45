import Foundation
import Testing

@testable import Shared

@Suite struct PNGTests {
  @Test(arguments: [(1, 1, 1), (5, 3, 1), (40, 60, 3), (300, 2, 3)])
  func `pixels come back out of the file`(
    width: Int, height: Int, channels: Int
  ) throws {
    var generator = SeededGenerator(seed: 4)
    // Runs of equal values and noise: both kinds of code are used.
    let bytes = (0..<width * height * channels).map { index in
      index % 50 < 30 ? UInt8(7) : UInt8(truncatingIfNeeded: generator.next())
    }
    let file = [UInt8](
      PNG(width: width, height: height, channels: channels, bytes: bytes)
        .encoded)
    let stream = try #require(content(of: "IDAT", in: file))
    #expect(content(of: "IEND", in: file) == [])
    let header = try #require(content(of: "IHDR", in: file))
    #expect(header[3] == UInt8(width % 256) && header[7] == UInt8(height))
    let rows = inflateFixed(Array(stream.dropFirst(2).dropLast(4)))
    let length = width * channels + 1
    #expect(rows.count == length * height)
    let pixels = rows.enumerated().filter { $0.offset % length != 0 }
    #expect(pixels.map(\.element) == bytes)
  }

  @Test func `the checksum is the standard one`() {
    #expect(PNG.crc32(Array("123456789".utf8)[...]) == 0xCBF4_3926)
  }

  /// A chunk's content, if its checksum is right.
  private func content(of name: String, in file: [UInt8]) -> [UInt8]? {
    var position = 8
    func number(_ at: Int) -> UInt32 {
      file[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    while position + 12 <= file.count {
      let length = Int(number(position))
      let body = Array(file[position + 4..<position + 8 + length])
      guard PNG.crc32(body[...]) == number(position + 8 + length) else {
        return nil
      }
      if body.starts(with: name.utf8) { return Array(body.dropFirst(4)) }
      position += 12 + length
    }
    return nil
  }

  /// Unpacks one block of fixed codes, written from RFC 1951's tables.
  private func inflateFixed(_ stream: [UInt8]) -> [UInt8] {
    var bit = 3  // past the block's header
    var result: [UInt8] = []
    func next() -> Int {
      defer { bit += 1 }
      return bit / 8 < stream.count ? Int(stream[bit / 8] >> (bit % 8) & 1) : 0
    }
    func code(_ bits: Int) -> Int {
      (0..<bits).reduce(0) { value, _ in value << 1 | next() }
    }
    func extra(_ bits: Int) -> Int {
      (0..<bits).reduce(0) { $0 | next() << $1 }
    }
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59,
      67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513,
      769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    while bit / 8 < stream.count {
      var symbol = code(7)
      if symbol < 24 {
        symbol += 256
      } else {
        symbol = symbol << 1 | next()
        if symbol >= 0x30 && symbol <= 0xBF {
          symbol -= 0x30
        } else if symbol >= 0xC0 && symbol <= 0xC7 {
          symbol += 280 - 0xC0
        } else {
          symbol = (symbol << 1 | next()) - 0x190 + 144
        }
      }
      if symbol == 256 { break }
      if symbol < 256 {
        result.append(UInt8(symbol))
        continue
      }
      let index = symbol - 257
      let length =
        lengths[index] + extra(index < 8 || index == 28 ? 0 : index / 4 - 1)
      let far = code(5)
      let distance = distances[far] + extra(far < 4 ? 0 : far / 2 - 1)
      for _ in 0..<length { result.append(result[result.count - distance]) }
    }
    return result
  }
}
