import Foundation

/// A grey picture.
public struct GrayImage: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Row after row, from 0, black, to 255, white.
  public let levels: [UInt8]

  init(width: Int, height: Int, levels: [UInt8]) {
    precondition(
      levels.count == width * height,
      "\(width) × \(height) pixels, but \(levels.count) levels")
    self.width = width
    self.height = height
    self.levels = levels
  }

  /// The largest width and the largest height that are read.
  static let largestSide = 4096

  /// Reads a PNG or a PGM file.
  ///
  /// Colour becomes grey by the weights of ITU-R BT.601. What is transparent
  /// lies on white, but light ink on a transparent picture on black. A PNG that
  /// says how the camera was held is turned.
  ///
  /// - Throws: A `TutorialError` that names the file if it is missing, of
  ///   another format, damaged, or of more than 4096 rows or columns.
  public init(contentsOf url: URL) throws {
    let data = try readFile(url, atMost: Self.largestFile)
    do {
      try self.init([UInt8](data))
    } catch let error as TutorialError {
      throw TutorialError("\(url.path): \(error).")
    }
  }

  /// Reads the bytes of a PNG or PGM file; the error does not know its name.
  init(_ bytes: [UInt8]) throws {
    if bytes.starts(with: PNGDecoder.signature) {
      self = try PNGDecoder.decode(bytes)
    } else if bytes.starts(with: Array("P2".utf8))
      || bytes.starts(with: Array("P5".utf8))
    {
      self = try PGM.decode(bytes)
    } else if let format = PictureFormat(firstBytes: bytes.prefix(256)) {
      throw TutorialError(
        "\(format.rawValue) is not read here, only PNG and PGM; "
          + PictureFormat.conversion(of: format.fileExtension))
    } else {
      throw TutorialError(
        bytes.isEmpty
          ? "the file is empty"
          : "neither a PNG nor a PGM file; it begins with "
            + hexadecimal(bytes.prefix(4)))
    }
  }

  /// - Throws: A `TutorialError` if a side is 0 or too long.
  static func checkSize(width: Int, height: Int) throws {
    guard (1...largestSide).contains(width), (1...largestSide).contains(height)
    else {
      throw TutorialError(
        "the picture says it has \(width) × \(height) pixels; each side may "
          + "have 1 to \(largestSide)")
    }
  }

  /// The largest picture, uncompressed, with room to spare.
  private static let largestFile = 5 * largestSide * largestSide

  /// A part of the picture.
  func cropped(columns: Range<Int>, rows: Range<Int>) -> GrayImage {
    GrayImage(
      width: columns.count, height: rows.count,
      levels: rows.flatMap { row in
        levels[
          row * width + columns.lowerBound..<row * width
            + columns.upperBound]
      })
  }

  /// The same picture smaller: each square of `factor` × `factor` pixels
  /// becomes one, their mean.
  func reduced(by factor: Int) -> GrayImage {
    guard factor > 1 else { return self }
    let columns = (width + factor - 1) / factor
    let rows = (height + factor - 1) / factor
    var means: [UInt8] = []
    means.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let lines = row * factor..<min((row + 1) * factor, height)
      for column in 0..<columns {
        let places = column * factor..<min((column + 1) * factor, width)
        var sum = 0
        for y in lines {
          for x in places { sum += Int(levels[y * width + x]) }
        }
        let area = lines.count * places.count
        means.append(UInt8((sum + area / 2) / area))
      }
    }
    return GrayImage(width: columns, height: rows, levels: means)
  }
}
