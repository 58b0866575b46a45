/// A grey picture made of characters, two pixels high each.
struct TerminalImage {
  var image: Tensor

  func lines(on terminal: Terminal) -> [String] {
    let (height, width) = (image.shape[1], image.shape[2])
    return stride(from: 0, to: height, by: 2).map { y in
      let cells = (0..<width).map { x -> String in
        let upper = clamped(image[0, y, x, 0])
        let lower = y + 1 < height ? clamped(image[0, y + 1, x, 0]) : 0
        return terminal.hasColor
          ? halfBlock(upper, lower) : letter((upper + lower) / 2)
      }
      return cells.joined() + (terminal.hasColor ? "\u{1B}[0m" : "")
    }
  }

  private func clamped(_ value: Float) -> Float { min(max(value, 0), 1) }

  /// The 24 greys of the 256-colour palette, 232 (dark) to 255.
  private func halfBlock(_ upper: Float, _ lower: Float) -> String {
    func gray(_ level: Float) -> Int { 232 + Int((level * 23).rounded()) }
    return "\u{1B}[38;5;\(gray(upper));48;5;\(gray(lower))m▀"
  }

  private func letter(_ level: Float) -> String {
    let ramp = Array(" .:-=+*#%@")
    return String(ramp[Int((level * Float(ramp.count - 1)).rounded())])
  }
}
