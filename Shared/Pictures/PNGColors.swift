/// How the samples of a PNG file become grey: palette and transparency.
struct PNGColors {
  private let kind: PNGHeader.Kind
  private let depth: Int
  /// The largest sample.
  private let most: Int
  /// Red, green, blue of each entry.
  private(set) var palette: [UInt8] = []
  /// The opacity of the palette's first entries; the rest are opaque.
  private var opacities: [UInt8] = []
  /// The one colour that is transparent, in a picture without opacity.
  private var transparent: [Int]?

  init(of header: PNGHeader) {
    kind = header.kind
    depth = header.depth
    most = 1 << header.depth - 1
  }

  /// Whether a pixel may be other than opaque.
  var mayBeTransparent: Bool {
    kind.hasOpacity || !opacities.isEmpty || transparent != nil
  }

  /// - Throws: A `TutorialError` unless it has 1 to 256 colours.
  mutating func setPalette(_ content: ArraySlice<UInt8>) throws {
    guard content.count % 3 == 0, (3...768).contains(content.count) else {
      throw TutorialError(
        "the PNG file has a palette of \(content.count) bytes, and it must be "
          + "1 to 256 colours of 3")
    }
    palette = Array(content)
  }

  /// - Throws: A `TutorialError` if it does not fit the kind of picture.
  mutating func setTransparency(_ content: ArraySlice<UInt8>) throws {
    let fits =
      switch kind {
      case .palette: (1...max(1, palette.count / 3)).contains(content.count)
      case .gray, .rgb: content.count == 2 * kind.channels
      case .grayAlpha, .rgba: false
      }
    guard fits else {
      throw TutorialError("the PNG file has a tRNS chunk that does not fit")
    }
    let bytes = Array(content)
    if kind == .palette {
      opacities = bytes
    } else {
      // Two bytes a channel, of which the lowest bits count.
      transparent = stride(from: 0, to: bytes.count, by: 2).map {
        (Int(bytes[$0]) << 8 | Int(bytes[$0 + 1])) & most
      }
    }
  }

  /// A pixel's grey level on black and its opacity.
  ///
  /// - Parameters:
  ///   - index: Which pixel of the row.
  ///   - row: The bytes of a row after the number of its filter.
  /// - Returns: Both, from 0 to 255.
  /// - Throws: A `TutorialError` if a pixel has no colour in the palette.
  func pixel(_ index: Int, of row: ArraySlice<UInt8>) throws
    -> (level: UInt8, opacity: UInt8)
  {
    let first = index * kind.channels
    if kind == .palette { return try entry(sample(first, of: row)) }
    let level =
      kind.isColor
      ? Self.luma(
        level(sample(first, of: row)), level(sample(first + 1, of: row)),
        level(sample(first + 2, of: row)))
      : level(sample(first, of: row))
    if kind.hasOpacity {
      let opacity = self.level(sample(first + kind.channels - 1, of: row))
      return (Self.onBlack(level, opacity: opacity), opacity)
    }
    if let transparent,
      transparent.indices.allSatisfy({
        sample(first + $0, of: row) == transparent[$0]
      })
    {
      return (0, 0)
    }
    return (level, 255)
  }

  private func entry(_ number: Int) throws -> (level: UInt8, opacity: UInt8) {
    guard number < palette.count / 3 else {
      throw TutorialError(
        "the PNG file uses colour \(number) of a palette of "
          + "\(palette.count / 3)")
    }
    let level = Self.luma(
      palette[3 * number], palette[3 * number + 1], palette[3 * number + 2])
    let opacity = number < opacities.count ? opacities[number] : 255
    return (Self.onBlack(level, opacity: opacity), opacity)
  }

  /// Samples of less than a byte begin at its highest bit.
  private func sample(_ index: Int, of row: ArraySlice<UInt8>) -> Int {
    let start = row.startIndex
    switch depth {
    case 8: return Int(row[start + index])
    case 16:
      return Int(row[start + 2 * index]) << 8 | Int(row[start + 2 * index + 1])
    default:
      let bit = index * depth
      return Int(row[start + bit / 8]) >> (8 - depth - bit % 8) & most
    }
  }

  /// A sample on the scale of 0 to 255.
  private func level(_ sample: Int) -> UInt8 {
    UInt8((sample * 255 + most / 2) / most)
  }

  /// The weights of ITU-R BT.601.
  private static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8)
    -> UInt8
  {
    let sum: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return UInt8((sum + 500) / 1000)
  }

  private static func onBlack(_ level: UInt8, opacity: UInt8) -> UInt8 {
    UInt8((Int(level) * Int(opacity) + 127) / 255)
  }
}
