import Foundation

/// Pictures by the kitty graphics protocol, which some terminals understand
/// (https://sw.kovidgoyal.net/kitty/graphics-protocol/).
enum KittyImage {
  /// The most base64 bytes that one escape code may carry.
  private static let chunkSize = 4096

  /// Shows a PNG file at the cursor.
  ///
  /// - Parameters:
  ///   - png: The file.
  ///   - columns: How many columns of the terminal it covers.
  /// - Returns: One escape code for every 3072 bytes of the file.
  static func escapeCodes(png: Data, columns: Int) -> String {
    let payload = Array(png.base64EncodedString().utf8)
    let starts = stride(from: 0, to: payload.count, by: chunkSize)
    return starts.map { start in
      let end = min(start + chunkSize, payload.count)
      let chunk = String(decoding: payload[start..<end], as: UTF8.self)
      // q=2: the terminal must not answer, or the answer looks like typing.
      let keys = start == 0 ? "a=T,f=100,q=2,c=\(columns)," : ""
      let more = end < payload.count ? 1 : 0
      return "\u{1B}_G\(keys)m=\(more);\(chunk)\u{1B}\\"
    }.joined()
  }
}
