import Foundation

/// Small pictures in rows and columns, for a PNG file.
public struct ImageGrid: Sendable {
  /// How values become colours.
  public enum Coloring: Sendable {
    /// Black at the lower bound, white at the upper.
    case gray(ClosedRange<Float>)
    /// Blue below zero, white at zero, red above, full at the given size.
    case signed(Float)
  }

  private var rows: [[(image: Tensor, coloring: Coloring)]] = []

  /// A grid without pictures.
  public init() {}

  /// Adds a row of pictures.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, 1]`, all rows of one size.
  ///   - coloring: How values become colours.
  public mutating func addRow(
    _ images: Tensor, _ coloring: Coloring = .gray(0...1)
  ) {
    rows.append(
      (0..<images.shape[0]).map { (images.rows($0..<$0 + 1), coloring) })
  }

  /// The grid as a picture; each pixel becomes a square of `scale` pixels.
  func png(scale: Int = 3, gap: Int = 4) -> PNG {
    let height = rows.first?.first?.image.shape[1] ?? 1
    let width = rows.first?.first?.image.shape[2] ?? 1
    let (cellHeight, cellWidth) = (height * scale + gap, width * scale + gap)
    let columns = rows.map(\.count).max() ?? 0
    let isGray = rows.joined().allSatisfy {
      if case .gray = $0.coloring { true } else { false }
    }
    let channels = isGray ? 1 : 3
    var png = PNG(
      width: columns * cellWidth + gap, height: rows.count * cellHeight + gap,
      channels: channels, bytes: [])
    png.bytes = Array(repeating: 128, count: png.width * png.height * channels)
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        for y in 0..<height * scale {
          for x in 0..<width * scale {
            let color = Self.color(
              cell.image[0, y / scale, x / scale, 0], cell.coloring)
            let target =
              ((row * cellHeight + gap + y) * png.width + column * cellWidth
                + gap + x) * channels
            for (index, byte) in color.prefix(channels).enumerated() {
              png.bytes[target + index] = byte
            }
          }
        }
      }
    }
    return png
  }

  static func color(_ value: Float, _ coloring: Coloring) -> [UInt8] {
    func byte(_ share: Float) -> UInt8 {
      UInt8((min(max(share, 0), 1) * 255).rounded())
    }
    switch coloring {
    case .gray(let range):
      let span = range.upperBound - range.lowerBound
      let level = byte(span > 0 ? (value - range.lowerBound) / span : 0)
      return [level, level, level]
    case .signed(let full):
      let share = full > 0 ? value / full : 0
      return share < 0
        ? [byte(1 + share), byte(1 + share), 255]
        : [255, byte(1 - share), byte(1 - share)]
    }
  }
}
