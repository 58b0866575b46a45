import Foundation

/// Blurs images: each pixel becomes a weighted mean of those around it.
///
/// The weight of the pixel i rows and j columns away is proportional to
///
///     exp(−(i² + j²) / 2σ²)
///
/// for i and j of at most 3σ, and 0 beyond; the weights add up to 1. What lies
/// outside the image is black.
public struct GaussianBlur: ImageChange {
  /// The width of the kernel, σ, in pixels.
  public var sigma: Double

  /// Blurs with a kernel of that width.
  public init(sigma: Double) {
    precondition(
      sigma > 0 && sigma.isFinite,
      "the width of a kernel is above 0, got \(sigma)")
    self.sigma = sigma
  }

  public var name: String { "blurred, σ = \(sigma.shortest)" }

  public func changed(_ images: Tensor) -> Tensor {
    requireImages(images)
    let shape = images.shape
    let down = blurred(
      images.scalars, lines: shape[0], length: shape[1],
      step: shape[2] * shape[3])
    let both = blurred(
      down, lines: shape[0] * shape[1], length: shape[2], step: shape[3])
    // Rounded weights may add up to a little more than 1.
    return Tensor(shape: shape, scalars: both).map { min($0, 1) }
  }

  /// Those of one direction; the product of two is that of a pixel.
  private var weights: [Float] {
    let reach = Int(3 * sigma)
    let weights = (-reach...reach).map {
      exp(-Double($0 * $0) / (2 * sigma * sigma))
    }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }

  /// Blurs along one axis.
  ///
  /// - Parameters:
  ///   - scalars: Lines, one after the other.
  ///   - lines: How many.
  ///   - length: The entries of a line.
  ///   - step: The scalars of an entry.
  /// - Returns: As many scalars.
  private func blurred(
    _ scalars: UnsafePointer<Float>, lines: Int, length: Int, step: Int
  ) -> [Float] {
    let weights = weights
    let size = length * step
    return uninitialized(lines * size) { result in
      result.update(repeating: 0, count: lines * size)
      for tap in 0..<weights.count {
        let weight = weights[tap]
        let offset = tap - weights.count / 2
        let kept = max(0, length - abs(offset)) * step
        let (from, to) = (max(0, offset) * step, max(0, -offset) * step)
        for line in 0..<lines {
          let start = line * size
          for i in 0..<kept {
            result[start + to + i] += weight * scalars[start + from + i]
          }
        }
      }
    }
  }
}
