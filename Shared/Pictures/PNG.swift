import Foundation

/// An 8-bit picture as a PNG file (ISO/IEC 15948), grey or RGB.
package struct PNG {
  package var width: Int
  package var height: Int
  /// 1 for grey, 3 for red, green, blue.
  package var channels: Int
  /// Row after row, `width · height · channels` bytes.
  package var bytes: [UInt8]

  package init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// The file.
  package var encoded: Data {
    var header: [UInt8] = bigEndian(UInt32(width)) + bigEndian(UInt32(height))
    header += [8, channels == 1 ? 0 : 2, 0, 0, 0]
    var rows: [UInt8] = []
    for y in 0..<height {
      rows.append(0)  // this row is not filtered
      rows += bytes[y * width * channels..<(y + 1) * width * channels]
    }
    let compressed = Deflate(rowLength: width * channels + 1, pixel: channels)
      .zlib(rows)
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      + chunk("IHDR", header) + chunk("IDAT", compressed) + chunk("IEND", [])
  }

  private func chunk(_ name: String, _ content: [UInt8]) -> Data {
    let body = Array(name.utf8) + content
    return Data(
      bigEndian(UInt32(content.count)) + body + bigEndian(Self.crc32(body[...]))
    )
  }

  private func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  /// Not generic: in a debug build that would not be specialized for other
  /// files, and a photograph would take three times as long.
  static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}
