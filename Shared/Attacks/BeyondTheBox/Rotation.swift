import Foundation

/// Turns images about their center, counterclockwise for whoever looks at them.
///
/// A new pixel is interpolated bilinearly between the four pixels around the
/// point that comes to lie there; what comes from outside is black.
public struct Rotation: ImageChange {
  /// How far; clockwise if negative.
  public var degrees: Double

  /// Turns by so many degrees.
  public init(degrees: Double) {
    precondition(
      degrees.isFinite, "a rotation is a finite angle, got \(degrees)")
    self.degrees = degrees
  }

  public var name: String { "rotated by \(degrees.shortest) degrees" }

  public func changed(_ images: Tensor) -> Tensor {
    requireImages(images)
    return Tensor(
      shape: images.shape,
      scalars: rotated(images.scalars, taps(images.shape), images.shape))
  }

  /// The four old pixels that a new one is a blend of.
  private struct Tap {
    /// Where each begins in an image.
    var places: (Int, Int, Int, Int)
    /// How much of each; 0 for one that lies outside.
    var shares: (Float, Float, Float, Float)
  }

  /// One a pixel.
  private func taps(_ shape: [Int]) -> [Tap] {
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let angle = degrees * .pi / 180
    let (cosine, sine) = (cos(angle), sin(angle))
    let (middleY, middleX) = (Double(height - 1) / 2, Double(width - 1) / 2)
    return (0..<height * width).map { pixel in
      // Rows grow downward, which makes this turn back counterclockwise ones.
      let y = Double(pixel / width) - middleY
      let x = Double(pixel % width) - middleX
      let row = middleY + sine * x + cosine * y
      let column = middleX + cosine * x - sine * y
      let (top, left) = (row.rounded(.down), column.rounded(.down))
      let (below, right) = (Float(row - top), Float(column - left))
      func corner(_ down: Int, _ across: Int, _ share: Float) -> (Int, Float) {
        let (y, x) = (Int(top) + down, Int(left) + across)
        let isInside = (0..<height).contains(y) && (0..<width).contains(x)
        return isInside ? ((y * width + x) * channels, share) : (0, 0)
      }
      let a = corner(0, 0, (1 - below) * (1 - right))
      let b = corner(0, 1, (1 - below) * right)
      let c = corner(1, 0, below * (1 - right))
      let d = corner(1, 1, below * right)
      return Tap(
        places: (a.0, b.0, c.0, d.0), shares: (a.1, b.1, c.1, d.1))
    }
  }

  private func rotated(
    _ images: UnsafePointer<Float>, _ taps: [Tap], _ shape: [Int]
  ) -> [Float] {
    let (count, channels) = (shape[0], shape[3])
    let size = taps.count * channels
    return uninitialized(count * size) { result in
      for image in 0..<count {
        let source = images + image * size
        let target = result + image * size
        for pixel in 0..<taps.count {
          let (places, shares) = (taps[pixel].places, taps[pixel].shares)
          for c in 0..<channels {
            let above: Float =
              shares.0 * source[places.0 + c] + shares.1 * source[places.1 + c]
            let below: Float =
              shares.2 * source[places.2 + c] + shares.3 * source[places.3 + c]
            // The four shares may add up to a little more than 1.
            target[pixel * channels + c] = min(above + below, 1)
          }
        }
      }
    }
  }
}
