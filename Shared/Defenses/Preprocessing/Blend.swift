/// An image shrunk by bilinear interpolation and put somewhere: each new pixel
/// is a blend of four old ones.
struct Blend: Sendable {
  /// Between which two rows or columns a new one lies.
  private struct Tap: Sendable {
    var low: Int
    var high: Int
    /// How much of the second.
    var share: Float
  }

  private let rows: [Tap]
  private let columns: [Tap]
  private let channels: Int
  /// The scalars of one row of pixels.
  private let length: Int
  /// Where the first new pixel goes.
  private let corner: Int

  init(
    _ placement: RandomResizeAndPad.Placement, height: Int, width: Int,
    channels: Int
  ) {
    rows = Self.taps(from: height, to: height - placement.shrinkage)
    columns = Self.taps(from: width, to: width - placement.shrinkage)
    self.channels = channels
    length = width * channels
    corner = placement.top * length + placement.left * channels
  }

  private static func taps(from old: Int, to new: Int) -> [Tap] {
    (0..<new).map { index in
      let position = (Float(index) + 0.5) * Float(old) / Float(new) - 0.5
      let low = Int(position)
      return Tap(
        low: low, high: min(low + 1, old - 1), share: position - Float(low))
    }
  }

  fileprivate func forward(
    _ image: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    for (y, row) in rows.enumerated() {
      let upper = image + row.low * length
      let lower = image + row.high * length
      let target = result + corner + y * length
      for (x, column) in columns.enumerated() {
        for c in 0..<channels {
          let low = column.low * channels + c
          let high = column.high * channels + c
          target[x * channels + c] = mixed(
            mixed(upper[low], upper[high], column.share),
            mixed(lower[low], lower[high], column.share), row.share)
        }
      }
    }
  }

  fileprivate func backward(
    _ gradient: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    for (y, row) in rows.enumerated() {
      let upper = result + row.low * length
      let lower = result + row.high * length
      let source = gradient + corner + y * length
      for (x, column) in columns.enumerated() {
        for c in 0..<channels {
          let low = column.low * channels + c
          let high = column.high * channels + c
          let above = (1 - row.share) * source[x * channels + c]
          let below = row.share * source[x * channels + c]
          upper[low] += (1 - column.share) * above
          upper[high] += column.share * above
          lower[low] += (1 - column.share) * below
          lower[high] += column.share * below
        }
      }
    }
  }
}

/// Images, each after a transformation of its own.
///
/// - Parameters:
///   - images: One after the other.
///   - blends: The transformations.
///   - size: The scalars of one image.
/// - Returns: The new images, black where nothing was put.
func blended(
  _ images: UnsafePointer<Float>, _ blends: [Blend], size: Int
) -> [Float] {
  uninitialized(blends.count * size) { result in
    result.update(repeating: 0, count: blends.count * size)
    for (image, blend) in blends.enumerated() {
      blend.forward(images + image * size, to: result + image * size)
    }
  }
}

/// The transpose of `blended`: gradients on their way back.
func blendedBack(
  _ gradients: UnsafePointer<Float>, _ blends: [Blend], size: Int
) -> [Float] {
  uninitialized(blends.count * size) { result in
    result.update(repeating: 0, count: blends.count * size)
    for (image, blend) in blends.enumerated() {
      blend.backward(gradients + image * size, to: result + image * size)
    }
  }
}

/// Written so that white and white is white, to the bit: 1 − share and share
/// add up to 1 after rounding.
@inline(__always)
private func mixed(_ one: Float, _ other: Float, _ share: Float) -> Float {
  (1 - share) * one + share * other
}
