/// Formats that are recognized only to say so.
enum PictureFormat: String {
  case jpeg = "JPEG"
  case heic = "HEIC"
  case avif = "AVIF"
  case gif = "GIF"
  case webP = "WebP"
  case bmp = "BMP"
  case tiff = "TIFF"
  case svg = "SVG"
  case pdf = "PDF"
  case netpbm = "PBM or PPM"

  /// The format that a file's first bytes belong to, if it is one of these.
  init?(firstBytes bytes: ArraySlice<UInt8>) {
    let known = Self.signatures.first { signature in
      bytes.dropFirst(signature.offset).starts(
        with: signature.text.unicodeScalars.map { UInt8($0.value) })
    }
    let isSVG = String(decoding: bytes, as: UTF8.self).contains("<svg")
    guard let format = known?.format ?? (isSVG ? .svg : nil) else { return nil }
    self = format
  }

  /// What stands where, a character a byte.
  private static let signatures:
    [(format: PictureFormat, offset: Int, text: String)] = [
      (.jpeg, 0, "\u{FF}\u{D8}\u{FF}"), (.avif, 4, "ftypavif"),
      (.heic, 4, "ftyphe"), (.heic, 4, "ftypmif1"), (.heic, 4, "ftypmsf1"),
      (.gif, 0, "GIF8"), (.webP, 8, "WEBP"), (.bmp, 0, "BM"),
      (.tiff, 0, "II*\0"), (.tiff, 0, "MM\0*"), (.pdf, 0, "%PDF"),
      (.netpbm, 0, "P1"), (.netpbm, 0, "P3"), (.netpbm, 0, "P4"),
      (.netpbm, 0, "P6"),
    ]

  /// How a file's name ends.
  var fileExtension: String {
    self == .netpbm ? "ppm" : rawValue.lowercased()
  }

  /// The command that makes a readable PNG out of a file.
  ///
  /// `-auto-orient` turns a photograph as the camera was held.
  static func conversion(of fileExtension: String) -> String {
    #if os(macOS)
      "convert it with `sips -s format png in.\(fileExtension) --out out.png`"
    #else
      "convert it with `magick in.\(fileExtension) -auto-orient out.png`"
    #endif
  }
}
