import Foundation

/// Where a gradient attack may move: all images within a distance of one, as
/// far as they are images (0...1).
///
/// In the maximum norm that is a box, in the Euclidean norm a ball. The two
/// differ in three things, and an attack that takes them from here runs in both.
struct Ball: Sendable {
  var norm: Norm
  /// In pixels, where black and white are 1 apart.
  var radius: Float

  /// The promise of an attack that stays inside.
  var bound: Bound {
    switch norm {
    case .maximum: .maximum(.pixels(radius))
    case .euclidean: .euclidean(radius)
    }
  }

  /// The direction in which a linear loss of one image rises most: the signs of
  /// its gradient, or the gradient divided by its length.
  func direction(of gradient: [Float]) -> [Float] {
    guard norm == .euclidean else { return gradient.map(sign) }
    let length = lengthOf(gradient)
    return length > 0
      ? gradient.map { Float(Double($0) / length) } : gradient
  }

  /// A step in that direction, image by image.
  ///
  /// - Parameters:
  ///   - images: Where they stand, `[N, H, W, C]`.
  ///   - gradient: In the same shape.
  ///   - size: How far.
  /// - Returns: Moved images, in the same shape, perhaps outside the ball.
  func stepped(_ images: Tensor, along gradient: Tensor, by size: Float)
    -> Tensor
  {
    guard norm == .euclidean else {
      return images.combined(with: gradient) { pixel, gradient in
        pixel + size * sign(gradient)
      }
    }
    return images + eachRow(of: gradient) { direction(of: Array($0)) } * size
  }

  /// Each of `moved`, brought back to where it is allowed.
  func projected(_ moved: Tensor, around images: Tensor) -> Tensor {
    guard norm == .euclidean else {
      return Shared.projected(moved, around: images, .pixels(radius))
    }
    return Tensor(
      rows: (0..<images.shape[0]).map {
        intoBall(Array(moved.row($0)), around: Array(images.row($0)))
      }, of: Array(images.shape.dropFirst()))
  }

  /// One moved image, brought back to where it is allowed.
  ///
  /// In the maximum norm that is the nearest allowed image, and in the Euclidean
  /// one too unless a pixel ends at black or white: see `intoBall`.
  func projected(_ moved: [Float], around image: [Float]) -> [Float] {
    norm == .euclidean
      ? intoBall(moved, around: image)
      : projectedElements(moved, around: image, count: image.count, radius)
  }

  /// First back to the sphere, then to black or white, as the attacks' authors
  /// do it.
  ///
  /// The second step only brings a pixel nearer to where it was, so the first
  /// one is not undone. It may end inside the ball, and then another allowed
  /// image is nearer.
  private func intoBall(_ moved: [Float], around image: [Float]) -> [Float] {
    let length = distance(moved, image)
    guard length.isFinite else { return image }
    if length <= Double(radius) { return moved.map { min(max($0, 0), 1) } }
    var (factor, shrinkage) = (Double(radius) / length, 1e-7)
    while true {
      let inside = zip(moved, image).map { new, old in
        min(max(old + Float(factor * (Double(new) - Double(old))), 0), 1)
      }
      if distance(inside, image) <= Double(radius) { return inside }
      // Rounding left it a hair outside. A tiny radius is less than the distance
      // of two representable pixels, so the hair may be long.
      factor *= max(0, 1 - shrinkage)
      shrinkage *= 2
    }
  }

  /// A random image of the ball, all directions equally likely.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`.
  ///   - seed: Decides the direction and the distance.
  ///   - onSurface: Whether to go all the way to the surface.
  /// - Returns: Allowed images, in the same shape.
  func randomStart(around images: Tensor, seed: UInt64, onSurface: Bool)
    -> Tensor
  {
    var generator = SeededGenerator(seed: derivedSeed(seed, .attackStart))
    let moved = eachRow(of: images) { row in
      let noise = row.map { _ in
        norm == .maximum ? generator.uniform(within: 1) : generator.normal()
      }
      let length =
        norm == .maximum
        ? Double(noise.reduce(0) { max($0, abs($1)) }) : lengthOf(noise[...])
      // The volume within a radius grows with its power; where ends the box
      // inside, its numbers are uniform already.
      let share: Float =
        onSurface
        ? Float(1 / max(length, 1e-12))
        : norm == .maximum
          ? 1
          : pow(generator.uniform(), 1 / Float(row.count))
            / Float(max(length, 1e-12))
      return zip(row, noise).map { $0 + radius * share * $1 }
    }
    return projected(moved, around: images)
  }
}
