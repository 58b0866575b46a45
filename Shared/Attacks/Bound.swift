/// What an attack promises about the images it returns.
///
/// Whatever it is, every pixel stays in 0...1 as well.
public enum Bound: Sendable, Hashable {
  /// No pixel moves by more than ε: ‖x′ − x‖∞ ≤ ε.
  case maximum(Epsilon)
  /// All changes together are no longer than this: ‖x′ − x‖₂ ≤ radius, where
  /// black and white are 1 apart.
  case euclidean(Float)
  /// Changes lie in a square of so many pixels a side, and may be of any size.
  case patch(side: Int)
  /// No limit. The attack looks for the nearest image it can find.
  case none

  /// Whether a changed image keeps the promise, to the last bit.
  ///
  /// - Parameters:
  ///   - changed: One image, shape `[1, H, W, C]` or `[H, W, C]`.
  ///   - original: The image it was made from, in the same shape.
  /// - Returns: Whether it is as close as promised.
  public func isKept(_ changed: Tensor, from original: Tensor) -> Bool {
    guard changed.shape == original.shape else { return false }
    switch self {
    case .maximum(let epsilon):
      return zip(changed.scalars, original.scalars).allSatisfy { new, old in
        abs(Double(new) - Double(old)) <= Double(epsilon.pixels)
      }
    case .euclidean(let radius):
      return distance(changed.scalars, original.scalars) <= Double(radius)
    case .patch(let side):
      return changedExtent(changed, original) <= side
    case .none:
      return true
    }
  }
}

/// The sizes by which attacks are compared.
public enum Norm: String, Sendable, Codable {
  /// The largest change of any pixel.
  case maximum = "ℓ∞"
  /// The Euclidean length of all changes together.
  case euclidean = "ℓ2"

  /// How far one image lies from another.
  public func distance(_ one: Tensor, _ other: Tensor) -> Double {
    switch self {
    case .maximum:
      zip(one.scalars, other.scalars).reduce(0) {
        max($0, abs(Double($1.0) - Double($1.1)))
      }
    case .euclidean: Shared.distance(one.scalars, other.scalars)
    }
  }
}

/// The Euclidean distance of two points, added in `Double`.
func distance(_ one: [Float], _ other: [Float]) -> Double {
  var sum = 0.0
  for i in one.indices {
    let difference = Double(one[i]) - Double(other[i])
    sum += difference * difference
  }
  return sum.squareRoot()
}

/// The side of the smallest square that holds all changes.
private func changedExtent(_ changed: Tensor, _ original: Tensor) -> Int {
  let (width, channels) = (
    changed.shape[changed.shape.count - 2], changed.shape.last ?? 1
  )
  let places = changed.scalars.indices.filter {
    changed.scalars[$0] != original.scalars[$0]
  }.map { $0 / channels }
  func extent(_ values: [Int]) -> Int {
    guard let low = values.min(), let high = values.max() else { return 0 }
    return high - low + 1
  }
  return max(
    extent(places.map { $0 / width }), extent(places.map { $0 % width }))
}
