/// The point of a flat boundary that is nearest to an image, in the maximum
/// norm and among images (0...1).
///
/// A network is nearly linear nearby, so that its boundary is nearly a plane:
/// normal · z + offset = 0. Croce and Hein, "Minimally distorted adversarial
/// examples with a fast adaptive boundary attack", ICML 2020, arXiv:1907.02044,
/// section 2.2.
struct BoundaryProjection: Sendable {
  /// The nearest point; if no image lies on the plane, the one that comes
  /// closest to it.
  let point: [Float]
  /// The largest change of any pixel, as a number of 0...1.
  let distance: Double

  /// Projects an image.
  ///
  /// All pixels go as far as one another, each in the direction that brings the
  /// plane nearer, until one arrives at black or white and stays there. A change
  /// of up to r a pixel moves normal · z by
  ///
  ///     Σᵢ |normalᵢ| · min(r, roomᵢ)
  ///
  /// where `room` is how far a pixel can go. The smallest r at which that is
  /// enough is found by going through the pixels in the order of their room.
  ///
  /// - Parameters:
  ///   - image: Pixels in 0...1.
  ///   - normal: One number a pixel.
  ///   - offset: What is added to normal · z.
  init(of image: [Float], normal: [Float], offset: Double) {
    let value = scalarProduct(normal, image) + offset
    let signs = normal.map { value < 0 ? sign($0) : -sign($0) }
    let pixels = image.indices.filter { signs[$0] != 0 }.map {
      Pixel(
        weight: abs(Double(normal[$0])),
        room: Double(signs[$0] > 0 ? 1 - image[$0] : image[$0]))
    }
    let distance = Self.distance(abs(value), pixels)
    self.distance = distance
    point = zip(image, signs).map { pixel, sign in
      Float(min(max(Double(pixel) + Double(sign) * distance, 0), 1))
    }
  }

  private struct Pixel {
    let weight: Double
    let room: Double
  }

  /// How far all must go to make up for `value`.
  private static func distance(_ value: Double, _ pixels: [Pixel]) -> Double {
    var missing = value
    var free = pixels.reduce(0) { $0 + $1.weight }
    var reached = 0.0
    for pixel in pixels.sorted(by: { $0.room < $1.room }) {
      if missing <= free * pixel.room { return missing / free }
      missing -= pixel.weight * pixel.room
      free -= pixel.weight
      reached = pixel.room
    }
    return reached
  }
}

/// Σᵢ oneᵢ · otherᵢ, added in `Double`.
func scalarProduct(_ one: [Float], _ other: [Float]) -> Double {
  var sum = 0.0
  for i in one.indices { sum += Double(one[i]) * Double(other[i]) }
  return sum
}
