/// How a camera was held, by the number that Exif gives it.
///
/// CIPA DC-008 (Exif 2.32), tag 0x0112: where the first row and the first
/// column of the stored picture belong when it is looked at.
enum Orientation: UInt8 {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case mirroredUpsideDown = 4
  case transposed = 5
  /// Turned to the left; a quarter turn clockwise puts it right.
  case left = 6
  case transposedUpsideDown = 7
  case right = 8

  /// Reads the tag from the Exif data of a picture.
  ///
  /// Data without the tag, or damaged, say nothing: the picture is upright.
  init(exif data: [UInt8]) {
    self = .upright
    // Some writers keep the mark that JPEG files need.
    let mark = Array("Exif\0\0".utf8)
    let bytes = data.starts(with: mark) ? Array(data.dropFirst(6)) : data
    let isLittleEndian = bytes.starts(with: Array("II*\0".utf8))
    guard isLittleEndian || bytes.starts(with: Array("MM\0*".utf8)) else {
      return
    }
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start <= bytes.count - count else { return nil }
      let digits = bytes[start..<start + count]
      return isLittleEndian
        ? digits.reversed().reduce(0) { $0 << 8 | Int($1) }
        : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else {
      return
    }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let tag = number(start, 2), let value = number(start + 8, 2) else {
        return
      }
      if tag == 0x0112, let orientation = Self(rawValue: UInt8(clamping: value))
      {
        self = orientation
        return
      }
    }
  }
}

extension GrayImage {
  /// The picture as it is to be seen.
  func turned(from orientation: Orientation) -> GrayImage {
    if orientation == .upright { return self }
    let isOnItsSide = orientation.rawValue >= 5
    let (columns, rows) = isOnItsSide ? (height, width) : (width, height)
    var turned: [UInt8] = []
    turned.reserveCapacity(levels.count)
    for y in 0..<rows {
      for x in 0..<columns {
        let (column, row) =
          switch orientation {
          case .upright: (x, y)
          case .mirrored: (width - 1 - x, y)
          case .upsideDown: (width - 1 - x, height - 1 - y)
          case .mirroredUpsideDown: (x, height - 1 - y)
          case .transposed: (y, x)
          case .left: (y, height - 1 - x)
          case .transposedUpsideDown: (width - 1 - y, height - 1 - x)
          case .right: (width - 1 - y, x)
          }
        turned.append(levels[row * width + column])
      }
    }
    return GrayImage(width: columns, height: rows, levels: turned)
  }
}
