import Foundation

@testable import Shared

extension FuzzFormat {
  static let pgm = FuzzFormat(
    "PGM",
    seeds: [
      parts(of: "P2 # a comment\n3\t2#x\n15\n0 1 2\r\n15 14 # more\n 8"),
      parts(of: "P5\n# by hand\n3 2\n255\n") + [[0, 1, 2, 255, 35, 32]],
    ],
    words: ["0", "1", "4096", "4097", "255", "256", "-1", "#", "\n"].map {
      Array($0.utf8)
    } + [Array(String(repeating: "9", count: 40).utf8)],
    read: { try GrayImage($0) }, fault: { image, _ in try fault(image) })

  /// Chunks, each a name and its content.
  ///
  /// `ROWS` is no chunk: it becomes an `IDAT` with the bytes compressed, so that
  /// faults get past the checksum of that stream too.
  static let png = FuzzFormat(
    "PNG",
    seeds: [
      [header(4, 3, kind: 0), rows(4, 3), chunk("IEND")],
      [
        header(4, 5, kind: 2), chunk("tRNS", [0, 7, 0, 8, 0, 9]),
        rows(12, 5), chunk("IEND"),
      ],
      [
        header(3, 5, kind: 3), chunk("PLTE", Array(0..<90)),
        chunk("tRNS", [0, 128, 255]), rows(3, 5), chunk("IEND"),
      ],
      [header(4, 5, kind: 4), rows(8, 5), chunk("IEND")],
      [
        header(3, 5, kind: 6), chunk("tEXt", [65, 0, 66]), rows(12, 5),
        chunk("IEND"),
      ],
      [header(3, 2, kind: 0), exif, rows(3, 2), chunk("IEND")],
    ] + PictureFixtures.pictures.map { chunks(of: fixture($0.file)) }
      + (DepthFixtures.pictures + InterlacedFixtures.pictures).map {
        chunks(of: fixture($0.file))
      },
    words: ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "teXt", "eXIf"].map {
      chunk($0)
    },
    join: { chunks in
      chunks.reduce(PNGDecoder.signature) { file, chunk in
        var chunk = chunk
        if chunk.starts(with: "ROWS".utf8) {
          let rows = Array(chunk.dropFirst(4))
          chunk =
            Array("IDAT".utf8) + Deflate(rowLength: 13, pixel: 3).zlib(rows)
        }
        return file + number(chunk.count - 4) + chunk
          + number(Int(PNG.crc32(chunk[...])))
      }
    }, read: { try GrayImage($0) }, fault: { image, _ in try fault(image) })

  private static func header(_ width: Int, _ height: Int, kind: UInt8)
    -> [UInt8]
  {
    chunk("IHDR", number(width) + number(height) + [8, kind, 0, 0, 0])
  }

  private static func chunk(_ name: String, _ content: [UInt8] = [])
    -> [UInt8]
  {
    Array(name.utf8) + content
  }

  /// A camera that was turned.
  private static let exif = chunk(
    "eXIf",
    Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1] + [1, 18, 0, 3, 0, 0, 0, 1]
      + [0, 6, 0, 0])

  /// Rows with the five filters in turn.
  private static func rows(_ length: Int, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in 0..<count {
      bytes.append(UInt8(row % 5))
      for column in 0..<length { bytes.append(UInt8((row + column) % 30)) }
    }
    return chunk("ROWS", bytes)
  }

  private static func chunks(of file: [UInt8]) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var rest = file.dropFirst(8)
    while !rest.isEmpty {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      chunks.append(Array(rest.dropFirst(4).prefix(4 + length)))
      rest = rest.dropFirst(12 + length)
    }
    return chunks
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func fault(_ image: GrayImage) throws -> String? {
    let side = 1...GrayImage.largestSide
    guard side.contains(image.width), side.contains(image.height),
      image.levels.count == image.width * image.height
    else { return "has \(image.levels.count) pixels and another size" }
    let png = PNG(
      width: image.width, height: image.height, channels: 1,
      bytes: image.levels)
    return try GrayImage([UInt8](png.encoded)) == image
      ? nil : "is another picture once it is written and read"
  }

  static let zlib = FuzzFormat(
    "zlib",
    seeds: [
      ZlibFixtures.level0, ZlibFixtures.level1, ZlibFixtures.level9,
      ZlibFixtures.fixed,
    ].map { stream in
      let bytes = fixture(stream)
      return [
        Array(bytes[..<2]), Array(bytes[2..<12]),
        Array(bytes[12...].dropLast(4)),
        bytes.suffix(4),
      ]
    },
    read: { try Inflate.zlib($0, limit: 4096) },
    fault: { bytes, _ in
      guard bytes.count <= 4096 else { return "holds \(bytes.count) bytes" }
      let again = Deflate(rowLength: 32, pixel: 1).zlib(bytes)
      return try Inflate.zlib(again, limit: bytes.count) == bytes
        ? nil : "holds other bytes once it is written and read"
    })
}
