@testable import Shared

/// A classifier of two pixels whose smoothed version is known exactly.
///
/// Class 0 scores x₁ − x₂, class 1 scores 0. At the distance d from the line
/// x₁ = x₂, noise of size σ leaves the right side with probability Φ(d / σ) on
/// it, and the radius σ · Φ⁻¹(Φ(d / σ)) is d itself.
enum SmoothingSamples {
  static let model: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [1, -1, 0, 0]),
      bias: Tensor([0, 0])),
  ]

  /// Images at signed distances from the line, class 0 where they are positive.
  static func images(at distances: [Double]) -> Tensor {
    Tensor(
      shape: [distances.count, 1, 2, 1],
      scalars: distances.flatMap { distance in
        let half = Float(distance / 2.0.squareRoot())
        return [0.5 + half, 0.5 - half]
      })
  }
}
