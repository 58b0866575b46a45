import Foundation
import Shared

/// Small pictures in rows and columns, for a PNG file and for the terminal.
public struct ImageGrid: Sendable {
  /// How values become colours.
  public enum Coloring: Sendable {
    /// Black at the lower bound, white at the upper.
    case gray(ClosedRange<Float>)
    /// Blue below zero, white at zero, red above, full at the given size.
    case signed(Float)
  }

  /// Pictures side by side.
  struct Row: Sendable {
    /// Shape `[N, H, W, 1]`.
    var images: Tensor
    var coloring: Coloring
    /// What the row shows; may be empty.
    var label: String
    /// One text a picture, or none.
    var captions: [String]
  }

  private(set) var rows: [Row] = []
  private let limit: Int

  /// A grid without pictures.
  ///
  /// - Parameter columns: How many pictures stand side by side before a row
  ///   goes on below.
  public init(columns: Int = .max) { limit = max(columns, 1) }

  /// The height and width of each picture in pixels.
  var size: (height: Int, width: Int) {
    let shape = rows.first?.images.shape ?? [0, 1, 1, 1]
    return (shape[1], shape[2])
  }

  /// The number of pictures in the longest row.
  var longestRow: Int { rows.map(\.images.shape[0]).max() ?? 0 }

  /// The number of pictures side by side.
  var columns: Int { min(longestRow, limit) }

  /// Adds a row of pictures.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, 1]`, all rows of one size.
  ///   - coloring: How values become colours.
  ///   - label: What the row shows, for the terminal.
  ///   - captions: One text an image, for the terminal.
  public mutating func addRow(
    _ images: Tensor, _ coloring: Coloring = .gray(0...1),
    label: String = "", captions: [String] = []
  ) {
    rows.append(
      Row(images: images, coloring: coloring, label: label, captions: captions))
  }

  /// The grid as a picture; each pixel becomes a square of `scale` pixels.
  func png(scale: Int = 3, gap: Int = 4) -> PNG {
    let (height, width) = size
    let (cellHeight, cellWidth) = (height * scale + gap, width * scale + gap)
    let isGray = rows.allSatisfy {
      if case .gray = $0.coloring { true } else { false }
    }
    let channels = isGray ? 1 : 3
    let lines = rows.flatMap { row in
      Workers.shards(of: row.images.shape[0], size: max(columns, 1)).map {
        (row, $0)
      }
    }
    var png = PNG(
      width: columns * cellWidth + gap,
      height: lines.count * cellHeight + gap, channels: channels, bytes: [])
    png.bytes = Array(repeating: 128, count: png.width * png.height * channels)
    for (line, (row, pictures)) in lines.enumerated() {
      for (column, picture) in pictures.enumerated() {
        for y in 0..<height * scale {
          for x in 0..<width * scale {
            let color = Self.color(
              row.images[picture, y / scale, x / scale, 0], row.coloring)
            let target =
              ((line * cellHeight + gap + y) * png.width + column * cellWidth
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
      // Not a number becomes 0 too.
      share > 0 ? UInt8((min(share, 1) * 255).rounded()) : 0
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
