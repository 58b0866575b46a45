/// Reads PNG files (ISO/IEC 15948) of every kind and depth.
///
/// What other readers take is taken: data that go on after the last row, and a
/// file that ends after its data.
struct PNGDecoder {
  static let signature: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
  ]

  private let bytes: [UInt8]
  private var header: PNGHeader?
  private var colors: PNGColors?
  private var orientation = Orientation.upright
  /// Where the compressed data lie.
  private var data: [Range<Int>] = []
  private var lastName = ""

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The picture in grey, as it is to be seen.
  ///
  /// - Throws: A `TutorialError` if the file is larger than a picture may be,
  ///   damaged, or not what the standard says.
  static func decode(_ bytes: [UInt8]) throws -> GrayImage {
    var decoder = PNGDecoder(bytes)
    try decoder.readChunks()
    return try decoder.image()
  }

  private mutating func readChunks() throws {
    var position = Self.signature.count
    while lastName != "IEND" {
      guard bytes.count - position >= 12 else {
        if !data.isEmpty { return }
        throw TutorialError("the PNG file ends too early")
      }
      let length = Self.number(bytes, position)
      let name = String(
        decoding: bytes[position + 4..<position + 8], as: Unicode.ASCII.self)
      guard length <= bytes.count - position - 12 else {
        if !data.isEmpty, name != "IDAT" { return }
        throw TutorialError("the PNG file ends inside a chunk")
      }
      guard name.allSatisfy(\.isLetter) else {
        throw TutorialError("the PNG file has a chunk without a name")
      }
      let body = position + 4..<position + 8 + length
      guard
        Self.number(bytes, body.upperBound) == Int(PNG.crc32(bytes[body]))
      else {
        throw TutorialError(
          "the PNG file is damaged: the checksum of its \(name) chunk is wrong")
      }
      try read(name, body.dropFirst(4))
      position = body.upperBound + 4
    }
  }

  private mutating func read(_ name: String, _ content: Range<Int>) throws {
    guard (name == "IHDR") == (header == nil) else {
      throw TutorialError(
        "the PNG file should have one IHDR chunk, and that first")
    }
    switch name {
    case "IHDR":
      let header = try PNGHeader(bytes[content])
      self.header = header
      colors = PNGColors(of: header)
    case "PLTE":
      guard data.isEmpty, colors?.palette.isEmpty == true else {
        throw TutorialError("the PNG file has its palette in the wrong place")
      }
      try colors?.setPalette(bytes[content])
    case "tRNS":
      guard data.isEmpty else {
        throw TutorialError(
          "the PNG file has its tRNS chunk in the wrong place")
      }
      try colors?.setTransparency(bytes[content])
    case "eXIf": orientation = Orientation(exif: Array(bytes[content]))
    case "IDAT":
      guard data.isEmpty || lastName == "IDAT" else {
        throw TutorialError("the PNG file has its IDAT chunks apart")
      }
      data.append(content)
    case "IEND":
      guard content.isEmpty else {
        throw TutorialError("the PNG file has an IEND chunk that is not empty")
      }
    default:
      guard name.first?.isLowercase == true else {
        throw TutorialError(
          "the PNG file needs a chunk that is not known here, \(name)")
      }
    }
    lastName = name
  }

  private func image() throws -> GrayImage {
    guard let header, let colors else {
      throw TutorialError("the PNG file has no header")
    }
    var raster = PNGRaster(header, colors)
    let size = raster.byteCount
    let count = try Inflate.zlib(bytes, at: data, limit: size) {
      try raster.take($0)
    }
    guard count == size else {
      throw TutorialError(
        "the PNG file holds \(count.grouped) bytes where \(size.grouped) belong"
      )
    }
    return raster.image().turned(from: orientation)
  }

  /// Four bytes, the highest first.
  static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
