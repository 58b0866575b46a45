extension Character {
  /// The columns a terminal gives this character: 0, 1 or 2.
  ///
  /// East Asian wide characters (Unicode Standard Annex 11) and emoji take two,
  /// combining marks and what is invisible take none.
  var displayWidth: Int {
    let isEmoji =
      unicodeScalars.contains { $0.value == 0xFE0F }
      && unicodeScalars.first?.properties.isEmoji == true
    return isEmoji ? 2 : unicodeScalars.map(\.displayWidth).max() ?? 0
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    // A soft hyphen is invisible to Unicode but not to terminals.
    if value == 0xAD { return 1 }
    if properties.isDefaultIgnorableCodePoint { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    if value < 0x1100 { return 1 }
    let isWide = Self.wide.contains { $0.contains(value) }
    return isWide || properties.isEmojiPresentation ? 2 : 1
  }

  /// The blocks that Annex 11 gives two columns.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}

extension StringProtocol {
  /// The columns a terminal gives this text.
  var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// With spaces at one end, at least `width` columns wide.
  func padded(to width: Int, atEnd: Bool = true) -> String {
    let gap = String(repeating: " ", count: Swift.max(0, width - displayWidth))
    return atEnd ? self + gap : gap + self
  }

  /// Without what could steer a terminal: text from a file may hold anything.
  var printable: String {
    let isSafe = unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    if isSafe { return String(self) }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      text.append(scalar == "\t" ? " " : isControl ? "\u{FFFD}" : scalar)
    }
    return String(text)
  }
}
