@testable import Shared

/// PNG files made by hand, chunk by chunk.
enum PNGFile {
  static func png(
    width: Int = 2, height: Int = 2, depth: UInt8 = 8, kind: UInt8 = 0,
    interlacing: UInt8 = 0, rows: [UInt8] = [0, 1, 2, 0, 3, 4]
  ) -> [UInt8] {
    let head = ihdr(
      width: width, height: height, depth: depth, kind: kind,
      interlacing: interlacing)
    return file([head, idat(rows), ("IEND", [])])
  }

  static func ihdr(
    width: Int = 2, height: Int = 2, depth: UInt8 = 8, kind: UInt8 = 0,
    interlacing: UInt8 = 0
  ) -> (String, [UInt8]) {
    let sizes = number(width) + number(height)
    return ("IHDR", sizes + [depth, kind, 0, 0, interlacing])
  }

  static func idat(_ rows: [UInt8]) -> (String, [UInt8]) {
    ("IDAT", Deflate(rowLength: 1, pixel: 1).zlib(rows))
  }

  static func file(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    chunks.reduce(PNGDecoder.signature) { file, chunk in
      let body = Array(chunk.0.utf8) + chunk.1
      return file + number(chunk.1.count) + body
        + number(Int(PNG.crc32(body[...])))
    }
  }

  static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
  }
}
