/// Reads portable graymaps: P2, numbers in text, and P5, bytes.
///
/// The format: <https://netpbm.sourceforge.net/doc/pgm.html>.
struct PGM {
  private let bytes: [UInt8]
  private var position = 2

  /// - Throws: A `TutorialError` unless the file holds a whole picture of at
  ///   most 65,536 levels.
  static func decode(_ bytes: [UInt8]) throws -> GrayImage {
    var reader = PGM(bytes: bytes)
    let width = try reader.number("width", atMost: .max)
    let height = try reader.number("height", atMost: .max)
    try GrayImage.checkSize(width: width, height: height)
    let white = try reader.number("largest level", atMost: .max)
    guard (1...65_535).contains(white) else {
      throw TutorialError(
        "the PGM file has \(white) as its largest level, which must be 1 to "
          + "65535")
    }
    let levels =
      bytes[1] == UInt8(ascii: "5")
      ? try reader.raster(width * height, white: white)
      : try (0..<width * height).map { _ in
        try level(reader.number("level", atMost: white), white: white)
      }
    return GrayImage(width: width, height: height, levels: levels)
  }

  /// A level on the scale of 0 to 255.
  private static func level(_ level: Int, white: Int) -> UInt8 {
    UInt8((level * 255 + white / 2) / white)
  }

  /// The bytes after the one white space that ends the head: one a pixel, or
  /// two, the higher first.
  private mutating func raster(_ count: Int, white: Int) throws -> [UInt8] {
    let size = white > 255 ? 2 : 1
    guard position < bytes.count, Self.isSpace(bytes[position]),
      bytes.count - position - 1 >= count * size
    else {
      throw TutorialError(
        "the PGM file ends before its \(count.grouped) pixels do")
    }
    return try (0..<count).map { index in
      let start = position + 1 + index * size
      let value = bytes[start..<start + size].reduce(0) { $0 << 8 | Int($1) }
      guard value <= white else {
        throw TutorialError(
          "the PGM file has a level above \(white), its largest")
      }
      return Self.level(value, white: white)
    }
  }

  /// The next number, past white space and comments.
  private mutating func number(_ name: String, atMost limit: Int) throws -> Int
  {
    let start = position
    skipSpace()
    guard position > start, position < bytes.count,
      let first = Self.digit(bytes[position])
    else {
      throw TutorialError("the PGM file has no \(name) where one belongs")
    }
    var value = first
    position += 1
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      value = min(value * 10 + digit, 1_000_000_000)
      position += 1
    }
    guard value <= limit else {
      throw TutorialError(
        "the PGM file has the \(name) \(value), and \(limit) is the largest")
    }
    return value
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
          position += 1
        }
      } else if Self.isSpace(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (9...13).contains(byte)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (48...57).contains(byte) ? Int(byte) - 48 : nil
  }
}
