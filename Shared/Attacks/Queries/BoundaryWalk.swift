/// Where HopSkipJump has come with one image.
struct BoundaryWalk: Sendable {
  /// Which image of the run it is.
  let row: Int
  /// x, the image itself.
  let image: [Float]
  /// x_t or x̃_t, the point reached; it always meets the goal.
  var point: [Float]
  /// v, which way the next step goes; of length 1.
  var direction: [Float] = []
  /// ξ, how far the next step goes.
  var stepSize = 0.0

  init(_ row: Int, of image: ArraySlice<Float>, from start: [Float]) {
    self.row = row
    self.image = Array(image)
    point = start
  }

  /// How far the point is from the image, ‖x_t − x‖₂.
  var distance: Double { Shared.distance(point, image) }

  /// x_t + ξv, as far as it is an image: what to ask about next.
  var next: [Float] {
    let size = Float(stepSize)
    return zip(point, direction).map { min(max($0 + size * $1, 0), 1) }
  }

  /// Takes the step if the goal is met there, and else halves it.
  mutating func advance(_ isMet: Bool) {
    if isMet { point = next } else { stepSize /= 2 }
  }
}

/// A search for the boundary on the line between an image and a point that
/// meets the goal: Algorithm 1, Bin-Search.
///
/// The line is x + α(x̃ − x). At α = 0 the goal is not met, at α = 1 it is, and
/// each question halves the interval in which it begins to be.
struct BoundarySearch: Sendable {
  private let image: [Float]
  private let far: [Float]
  private var (low, high): (Float, Float) = (0, 1)
  /// The nearest point known to meet the goal.
  private(set) var nearest: [Float]

  /// A search between the image of a walk and where it is.
  init(_ walk: BoundaryWalk) {
    image = walk.image
    far = walk.point
    nearest = walk.point
  }

  /// The middle of the interval: what to ask about next.
  var middle: [Float] {
    let share = (low + high) / 2
    return zip(image, far).map { min(max($0 + share * ($1 - $0), 0), 1) }
  }

  /// Keeps the half of the interval in which the boundary is.
  mutating func narrow(_ isMet: Bool) {
    let share = (low + high) / 2
    if isMet {
      nearest = middle
      high = share
    } else {
      low = share
    }
  }
}
