/// The first chunk of a PNG file: how large the picture is and how its pixels
/// are stored.
struct PNGHeader {
  /// What a pixel consists of.
  enum Kind: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6

    /// Samples a pixel.
    var channels: Int {
      switch self {
      case .gray, .palette: 1
      case .grayAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }

    var isColor: Bool { self == .rgb || self == .rgba }
    var hasOpacity: Bool { self == .grayAlpha || self == .rgba }

    /// Bits a sample that the standard allows.
    fileprivate var depths: [UInt8] {
      switch self {
      case .gray: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .grayAlpha, .rgba: [8, 16]
      }
    }
  }

  let width: Int
  let height: Int
  let kind: Kind
  /// Bits a sample.
  let depth: Int
  /// Whether seven coarse pictures come one after the other (Adam7).
  let isInterlaced: Bool

  /// - Throws: A `TutorialError` if it breaks the standard or is too large.
  init(_ content: ArraySlice<UInt8>) throws {
    guard content.count == 13 else {
      throw TutorialError("the PNG file has a header of the wrong length")
    }
    let bytes = Array(content)
    width = PNGDecoder.number(bytes, 0)
    height = PNGDecoder.number(bytes, 4)
    try GrayImage.checkSize(width: width, height: height)
    guard let kind = Kind(rawValue: bytes[9]), kind.depths.contains(bytes[8]),
      bytes[10] == 0, bytes[11] == 0, bytes[12] <= 1
    else { throw TutorialError("the PNG file has a header of no meaning") }
    self.kind = kind
    depth = Int(bytes[8])
    isInterlaced = bytes[12] == 1
  }
}
