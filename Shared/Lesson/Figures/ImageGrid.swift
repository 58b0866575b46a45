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

    var isSigned: Bool { if case .signed = self { true } else { false } }
  }

  /// Pictures side by side.
  struct Row: Sendable {
    /// Shape `[N, H, W, 1]`.
    var images: Tensor
    /// One a picture.
    var colorings: [Coloring]
    /// What the row shows; may be empty.
    var label: String
    /// One text a picture, or none.
    var captions: [String]
  }

  /// What stands above each column in a terminal; nothing if empty.
  public var headings: [String] = []
  /// Whether a terminal may halve the pictures to show all of a row's at once.
  public var keepsRowsWhole = false
  /// How many pictures of a row a terminal shows at most, none if 0; the file
  /// has all.
  public var excerptLimit = Int.max
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

  /// Whether any picture has values on both sides of zero.
  var hasSignedPictures: Bool {
    rows.contains { $0.colorings.contains(where: \.isSigned) }
  }

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
      Row(
        images: images,
        colorings: Array(repeating: coloring, count: images.shape[0]),
        label: label, captions: captions))
  }

  /// Adds a row whose pictures have colourings of their own.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, 1]`, all rows of one size.
  ///   - colorings: N ways to turn values into colours.
  public mutating func addRow(_ images: Tensor, colorings: [Coloring]) {
    precondition(
      images.shape[0] == colorings.count,
      "\(images.shape[0]) pictures cannot have \(colorings.count) colorings")
    rows.append(
      Row(images: images, colorings: colorings, label: "", captions: []))
  }

  /// The same pictures at half the size.
  var halved: ImageGrid {
    var copy = self
    copy.keepsRowsWhole = false
    for index in rows.indices {
      copy.rows[index].images = rows[index].images.halvedImages
    }
    return copy
  }

  /// The grid as a picture; each pixel becomes a square of `scale` pixels.
  func png(scale: Int = 3, gap: Int = 4) -> PNG {
    let (height, width) = size
    let (cellHeight, cellWidth) = (height * scale + gap, width * scale + gap)
    let channels = hasSignedPictures ? 3 : 1
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
              row.images[picture, y / scale, x / scale, 0],
              row.colorings[picture])
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

extension Tensor {
  /// Images `[N, H, W, 1]` at half the size: each pixel is the mean of 2 × 2,
  /// or of what an odd edge leaves of them.
  fileprivate var halvedImages: Tensor {
    let (height, width) = (shape[1], shape[2])
    var half = Tensor(
      shape: [shape[0], (height + 1) / 2, (width + 1) / 2, 1])
    for image in 0..<shape[0] {
      for y in 0..<half.shape[1] {
        for x in 0..<half.shape[2] {
          let rows = 2 * y..<min(2 * y + 2, height)
          let columns = 2 * x..<min(2 * x + 2, width)
          let pixels = rows.flatMap { row in
            columns.map { self[image, row, $0, 0] }
          }
          half[image, y, x, 0] = pixels.reduce(0, +) / Float(pixels.count)
        }
      }
    }
    return half
  }
}
