/// Reads PNG files (ISO/IEC 15948) with 8 bits a channel, not interlaced.
struct PNGDecoder {
  static let signature: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
  ]

  private var header: Header?
  private var colors = PNGColors()
  private var stream: [UInt8] = []
  private var lastName = ""

  /// What the first chunk says.
  private struct Header {
    var width: Int
    var height: Int
    var kind: PNGColors.Kind
  }

  /// The picture in grey, on white.
  ///
  /// - Throws: A `TutorialError` if the file is of another kind of PNG, larger
  ///   than a picture may be, or in any way not what the standard says.
  static func decode(_ bytes: [UInt8]) throws -> GrayImage {
    var decoder = PNGDecoder()
    var position = signature.count
    while decoder.lastName != "IEND" {
      guard bytes.count - position >= 12 else {
        throw TutorialError("the PNG file ends too early")
      }
      let length = number(bytes, position)
      guard length <= bytes.count - position - 12 else {
        throw TutorialError("the PNG file ends inside a chunk")
      }
      let body = Array(bytes[position + 4..<position + 8 + length])
      let name = String(decoding: body.prefix(4), as: Unicode.ASCII.self)
      guard name.allSatisfy(\.isLetter) else {
        throw TutorialError("the PNG file has a chunk without a name")
      }
      guard number(bytes, position + 8 + length) == Int(PNG.crc32(body)) else {
        throw TutorialError(
          "the PNG file is damaged: the checksum of its \(name) chunk is wrong")
      }
      try decoder.read(name, Array(body.dropFirst(4)))
      position += 12 + length
    }
    return try decoder.image()
  }

  private mutating func read(_ name: String, _ content: [UInt8]) throws {
    guard (name == "IHDR") == (header == nil) else {
      throw TutorialError(
        "the PNG file should have one IHDR chunk, and that first")
    }
    switch name {
    case "IHDR": header = try Self.header(content)
    case "PLTE":
      guard stream.isEmpty, colors.palette.isEmpty else {
        throw TutorialError("the PNG file has its palette in the wrong place")
      }
      try colors.setPalette(content)
    case "tRNS":
      guard let header, stream.isEmpty else {
        throw TutorialError(
          "the PNG file has its tRNS chunk in the wrong place")
      }
      try colors.setTransparency(content, of: header.kind)
    case "IDAT":
      guard stream.isEmpty || lastName == "IDAT" else {
        throw TutorialError("the PNG file has its IDAT chunks apart")
      }
      stream += content
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

  private static func header(_ content: [UInt8]) throws -> Header {
    guard content.count == 13 else {
      throw TutorialError("the PNG file has a header of the wrong length")
    }
    let (width, height) = (number(content, 0), number(content, 4))
    try GrayImage.checkSize(width: width, height: height)
    let (depth, interlacing) = (content[8], content[12])
    guard let kind = PNGColors.Kind(rawValue: content[9]),
      [1, 2, 4, 8, 16].contains(depth), content[10] == 0, content[11] == 0,
      interlacing <= 1
    else { throw TutorialError("the PNG file has a header of no meaning") }
    guard depth == 8, interlacing == 0 else {
      throw TutorialError(
        "\(interlacing == 1 ? "interlaced" : "\(depth)-bit") PNG is not read "
          + "here, only 8-bit PNG that is not interlaced; "
          + PictureFormat.conversion(of: "png"))
    }
    return Header(width: width, height: height, kind: kind)
  }

  private func image() throws -> GrayImage {
    guard let header else { throw TutorialError("the PNG file has no header") }
    let rowLength = header.width * header.kind.channels
    let size = header.height * (rowLength + 1)
    var rows = try Inflate.zlib(stream, limit: size)
    guard rows.count == size else {
      throw TutorialError(
        "the PNG file holds \(rows.count.grouped) bytes where "
          + "\(size.grouped) belong")
    }
    try Self.unfilter(&rows, rowLength, pixel: header.kind.channels)
    return GrayImage(
      width: header.width, height: header.height,
      levels: try colors.gray(
        rows, kind: header.kind, width: header.width, height: header.height))
  }

  /// Undoes the five filters, row by row in place.
  ///
  /// A row begins with the number of its filter; left of the first pixel and
  /// above the first row is 0.
  private static func unfilter(
    _ rows: inout [UInt8], _ rowLength: Int, pixel: Int
  ) throws {
    for start in stride(from: 0, to: rows.count, by: rowLength + 1) {
      let filter = rows[start]
      guard filter <= 4 else {
        throw TutorialError("the PNG file has a filter of no meaning")
      }
      if filter == 0 { continue }
      for i in start + 1...start + rowLength {
        let isFirst = i <= start + pixel
        let isTop = start == 0
        let left = isFirst ? 0 : Int(rows[i - pixel])
        let above = isTop ? 0 : Int(rows[i - rowLength - 1])
        let corner =
          isFirst || isTop ? 0 : Int(rows[i - rowLength - 1 - pixel])
        let guess =
          switch filter {
          case 1: left
          case 2: above
          case 3: (left + above) / 2
          default: paeth(left, above, corner)
          }
        rows[i] &+= UInt8(guess)
      }
    }
  }

  /// Whichever of three neighbours is nearest to left + above − corner.
  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> Int {
    let (a, b) = (abs(above - corner), abs(left - corner))
    let c = abs(left + above - 2 * corner)
    return a <= b && a <= c ? left : b <= c ? above : corner
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
