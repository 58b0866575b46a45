import Foundation

/// A learner's own digit, made into what MNIST consists of.
///
/// LeCun, Cortes and Burges, <http://yann.lecun.com/exdb/mnist/>: digits were
/// scaled to fit a box of 20 × 20 pixels with their proportions kept, became
/// grey by the anti-aliasing of that, and were put into 28 × 28 pixels with the
/// centre of mass in the middle.
public struct Handwriting: Sendable {
  /// Shape `[1, 28, 28, 1]`, paper 0 and ink up to 1.
  public let image: Tensor
  /// Whether the ink was dark on light paper and had to be inverted.
  public let isInverted: Bool
  /// The size of the picture, in its own pixels.
  public let pictureSize: (width: Int, height: Int)
  /// Where the ink was, in pixels of the picture.
  public let box: (columns: Range<Int>, rows: Range<Int>)
  /// Whether the picture has MNIST's size and was taken as it is.
  public let isAsItWas: Bool
  /// Sentences on what may have been taken for ink and is not the digit.
  public let remarks: [String]

  /// Pixels of `image` for each pixel of the picture.
  public var scale: Double {
    Double(Self.boxSide) / Double(max(box.columns.count, box.rows.count))
  }

  private static let side = MNIST.imageShape[0]
  private static let boxSide = 20
  /// Ink is looked for in a picture of at most so many rows and columns.
  private static let workingSide = 1024

  /// Reads a picture of one digit.
  ///
  /// - Throws: A `TutorialError` that names the file if it is not a picture
  ///   that `GrayImage` reads, or holds no clear ink.
  public init(contentsOf url: URL) throws {
    let picture = try GrayImage(contentsOf: url)
    do {
      try self.init(picture)
    } catch let error as TutorialError {
      throw TutorialError("\(url.path): \(error).")
    }
  }

  init(_ picture: GrayImage) throws {
    pictureSize = (picture.width, picture.height)
    isAsItWas = pictureSize == (Self.side, Self.side)
    if isAsItWas {
      (image, isInverted) = Self.asItIs(picture)
      box = (0..<Self.side, 0..<Self.side)
      remarks = []
      return
    }
    let longest = max(picture.width, picture.height)
    let factor = (longest + Self.workingSide - 1) / Self.workingSide
    let found = try FoundInk(in: picture.reduced(by: factor))
    let ink = found.ink
    let inkBox = ink.box
    guard max(inkBox.columns.count, inkBox.rows.count) >= 8 else {
      throw TutorialError(
        "the ink is only \(inkBox.columns.count * factor) × "
          + "\(inkBox.rows.count * factor) pixels, too small to be read; cut "
          + "the picture to the digit")
    }
    image = Self.centered(Self.scaled(ink, inkBox.columns, inkBox.rows))
    isInverted = ink.isDark
    remarks = found.remarks
    func full(_ range: Range<Int>, from start: Int, _ limit: Int) -> Range<Int>
    {
      (start + range.lowerBound)
        * factor..<min(
          (start + range.upperBound) * factor, limit)
    }
    box = (
      full(inkBox.columns, from: found.column, picture.width),
      full(inkBox.rows, from: found.row, picture.height)
    )
  }

  /// A picture that has MNIST's size already: nothing is cut, moved or scaled.
  ///
  /// An attacked digit keeps every change that the attack made, down to the
  /// faintest. Only dark ink on light paper is turned into light on dark.
  private static func asItIs(_ picture: GrayImage) -> (Tensor, Bool) {
    let border = (0..<side).flatMap { index in
      [(index, 0), (index, side - 1), (0, index), (side - 1, index)]
    }
    let paper = border.map { picture.levels[$0.1 * side + $0.0] }.sorted()
    let isDark = paper[paper.count / 2] > 127
    let scalars = picture.levels.map { level in
      Float(isDark ? 255 - level : level) / 255
    }
    return (Tensor(shape: [1, side, side, 1], scalars: scalars), isDark)
  }

  /// The ink in a box, shrunk or enlarged until its longer side is 20 pixels.
  ///
  /// A pixel is the mean of what it covers, parts of pixels included.
  private static func scaled(
    _ ink: Ink, _ columns: Range<Int>, _ rows: Range<Int>
  ) -> Tensor {
    let longest = max(columns.count, rows.count)
    // Source pixels a target pixel.
    let step = Double(longest) / Double(boxSide)
    func count(_ length: Int) -> Int {
      (length * boxSide + longest - 1) / longest
    }
    var result = Tensor(shape: [count(rows.count), count(columns.count)])
    var target = 0
    for row in 0..<result.shape[0] {
      let top = Double(row) * step
      let bottom = min(top + step, Double(rows.count))
      for column in 0..<result.shape[1] {
        let left = Double(column) * step
        let right = min(left + step, Double(columns.count))
        var sum = 0.0
        for y in Int(top)..<min(Int(bottom.rounded(.up)), rows.count) {
          let high = min(bottom, Double(y + 1)) - max(top, Double(y))
          let line = (rows.lowerBound + y) * ink.width + columns.lowerBound
          for x in Int(left)..<min(Int(right.rounded(.up)), columns.count) {
            let wide = min(right, Double(x + 1)) - max(left, Double(x))
            sum += high * wide * Double(ink.levels[line + x])
          }
        }
        result.scalars[target] = Float(sum / (step * step))
        target += 1
      }
    }
    // The darkest pixel of nearly every MNIST digit is full ink.
    let strongest = result.maximumMagnitude
    return strongest > 0 ? result * (1 / strongest) : result
  }

  /// 28 × 28 pixels with the centre of mass in the middle.
  ///
  /// The middle is the pixel with index 14: that is where it lies in each of
  /// the 60,000 training images, bar rounding.
  private static func centered(_ digit: Tensor) -> Tensor {
    let (rows, columns) = (digit.shape[0], digit.shape[1])
    var (mass, massDown, massAcross) = (0.0, 0.0, 0.0)
    for row in 0..<rows {
      for column in 0..<columns {
        let level = Double(digit.scalars[row * columns + column])
        mass += level
        massDown += level * (Double(row) + 0.5)
        massAcross += level * (Double(column) + 0.5)
      }
    }
    func offset(_ moment: Double, _ count: Int) -> Int {
      // Whatever the centre, no ink is cut off.
      min(max(side / 2 - Int(moment / mass), 0), side - count)
    }
    let (top, left) = (offset(massDown, rows), offset(massAcross, columns))
    var image = Tensor(shape: [1, side, side, 1])
    for row in 0..<rows {
      for column in 0..<columns {
        image.scalars[(top + row) * side + left + column] =
          digit.scalars[row * columns + column]
      }
    }
    return image
  }
}
