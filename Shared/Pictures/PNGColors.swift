/// How the bytes of a PNG file become grey: its kind, palette, transparency.
struct PNGColors {
  /// What a pixel's bytes are.
  enum Kind: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6

    /// Bytes a pixel.
    var channels: Int {
      switch self {
      case .gray, .palette: 1
      case .grayAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  /// Red, green, blue of each entry.
  private(set) var palette: [UInt8] = []
  /// The opacity of the palette's first entries; the rest are opaque.
  private var opacities: [UInt8] = []
  /// The one colour that is transparent, in a picture without opacity.
  private var transparent: [UInt8]?

  /// - Throws: A `TutorialError` unless it has 1 to 256 colours.
  mutating func setPalette(_ content: [UInt8]) throws {
    guard content.count % 3 == 0, (3...768).contains(content.count) else {
      throw TutorialError(
        "the PNG file has a palette of \(content.count) bytes, and it must be "
          + "1 to 256 colours of 3")
    }
    palette = content
  }

  /// - Throws: A `TutorialError` if it does not fit the kind of picture.
  mutating func setTransparency(_ content: [UInt8], of kind: Kind) throws {
    let fits =
      switch kind {
      case .palette: (1...max(1, palette.count / 3)).contains(content.count)
      case .gray, .rgb: content.count == 2 * kind.channels
      case .grayAlpha, .rgba: false
      }
    guard fits else {
      throw TutorialError("the PNG file has a tRNS chunk that does not fit")
    }
    if kind == .palette {
      opacities = content
    } else {
      // Each channel has two bytes, of which 8-bit pictures use the second.
      transparent = content.indices.filter { $0 % 2 == 1 }.map { content[$0] }
    }
  }

  /// Grey levels on white, from rows that begin with a byte to skip.
  ///
  /// - Throws: A `TutorialError` if a pixel has no colour in the palette.
  func gray(_ rows: [UInt8], kind: Kind, width: Int, height: Int) throws
    -> [UInt8]
  {
    if kind == .palette {
      return try paletteGray(rows, width: width, height: height)
    }
    let channels = kind.channels
    let isColor = kind == .rgb || kind == .rgba
    let hasOpacity = kind == .grayAlpha || kind == .rgba
    var levels: [UInt8] = []
    levels.reserveCapacity(width * height)
    for y in 0..<height {
      var i = y * (width * channels + 1) + 1
      for _ in 0..<width {
        var level =
          isColor ? Self.luma(rows[i], rows[i + 1], rows[i + 2]) : rows[i]
        if hasOpacity {
          level = Self.onWhite(level, opacity: rows[i + channels - 1])
        }
        if let transparent,
          (0..<channels).allSatisfy({ rows[i + $0] == transparent[$0] })
        {
          level = 255
        }
        levels.append(level)
        i += channels
      }
    }
    return levels
  }

  private func paletteGray(_ rows: [UInt8], width: Int, height: Int) throws
    -> [UInt8]
  {
    let grays = (0..<palette.count / 3).map { entry in
      Self.onWhite(
        Self.luma(
          palette[3 * entry], palette[3 * entry + 1], palette[3 * entry + 2]),
        opacity: entry < opacities.count ? opacities[entry] : 255)
    }
    var levels: [UInt8] = []
    levels.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        let entry = Int(rows[y * (width + 1) + 1 + x])
        guard entry < grays.count else {
          throw TutorialError(
            "the PNG file uses colour \(entry) of a palette of \(grays.count)")
        }
        levels.append(grays[entry])
      }
    }
    return levels
  }

  /// The weights of ITU-R BT.601.
  private static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8)
    -> UInt8
  {
    let sum: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return UInt8((sum + 500) / 1000)
  }

  private static func onWhite(_ level: UInt8, opacity: UInt8) -> UInt8 {
    let sum: Int = Int(level) * Int(opacity) + 255 * Int(255 - opacity)
    return UInt8((sum + 127) / 255)
  }
}
