import Shared

/// One picture as lines of text; a character covers two pixels, one above the
/// other.
///
/// With colour every character is an upper half block: its foreground is the
/// upper pixel, its background the lower. Without, grey pictures are letters of
/// growing darkness, and signed ones say `+` or `#` above zero, `-` or `=`
/// below.
struct PixelCells {
  /// Shape `[1, H, W, 1]`.
  var image: Tensor
  var coloring: ImageGrid.Coloring
  /// How often each pixel is repeated, across and down.
  var enlargement = 1
  var depth: Terminal.ColorDepth

  var lines: [String] {
    let height = image.shape[1] * enlargement
    let width = image.shape[2] * enlargement
    return stride(from: 0, to: height, by: 2).map { y in
      let cells = (0..<width).map { x in
        (pixel(x, y), y + 1 < height ? pixel(x, y + 1) : nil)
      }
      return depth == .none
        ? String(cells.map { letter($0.0, $0.1) }) : blocks(cells)
    }
  }

  private func pixel(_ x: Int, _ y: Int) -> Float {
    image[0, y / enlargement, x / enlargement, 0]
  }

  /// Half blocks; a colour is only said where it changes.
  private func blocks(_ cells: [(upper: Float, lower: Float?)]) -> String {
    var line = ""
    var last = ""
    for cell in cells {
      let lower = cell.lower.map { "48;" + color($0) } ?? "49"
      let code = "\u{1B}[38;\(color(cell.upper));\(lower)m"
      line += (code == last ? "" : code) + "▀"
      last = code
    }
    return line + "\u{1B}[0m"
  }

  private func color(_ value: Float) -> String {
    let rgb = ImageGrid.color(value, coloring)
    return depth == .trueColor
      ? "2;\(rgb[0]);\(rgb[1]);\(rgb[2])" : "5;\(Self.paletteIndex(rgb))"
  }

  /// The nearest of the 256 colours: the greys 232...255 between black and
  /// white, for everything else the cube of 6 × 6 × 6 at 16.
  static func paletteIndex(_ rgb: [UInt8]) -> Int {
    let (red, green, blue) = (Int(rgb[0]), Int(rgb[1]), Int(rgb[2]))
    if red == green, green == blue {
      if red < 4 { return 16 }
      return red > 246 ? 231 : 232 + min((red - 3) / 10, 23)
    }
    // The cube's steps are 0, 95, 135, 175, 215, 255.
    func step(_ byte: Int) -> Int { byte < 48 ? 0 : max(1, (byte - 35) / 40) }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
  }

  private func letter(_ upper: Float, _ lower: Float?) -> Character {
    switch coloring {
    case .gray:
      let levels = [upper, lower].compactMap { $0 }
        .map { Float(ImageGrid.color($0, coloring)[0]) / 255 }
      let mean = levels.reduce(0, +) / Float(levels.count)
      return Self.pick(" .:-=+*#%@", mean)
    case .signed(let full):
      // The mean of + and - would be blank, so the stronger one speaks.
      let strongest = [upper, lower ?? 0].max { abs($0) < abs($1) } ?? 0
      let share = full > 0 ? strongest / full : 0
      return Self.pick(share < 0 ? " -=" : " +#", min(abs(share), 1))
    }
  }

  private static func pick(_ ramp: String, _ share: Float) -> Character {
    let letters = Array(ramp)
    let index = (share.isNaN ? 0 : share) * Float(letters.count - 1)
    return letters[Int(index.rounded())]
  }
}
