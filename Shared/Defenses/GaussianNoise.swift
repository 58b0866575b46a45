extension Tensor {
  /// The images, each with normal noise of its own on every pixel.
  ///
  /// Nothing is clipped, so pixels leave 0...1: a certificate by randomized
  /// smoothing speaks of this noise and of no other. What an image gets depends
  /// on its number and the seed, not on the images beside it.
  ///
  /// - Parameters:
  ///   - sigma: The standard deviation, in pixels.
  ///   - seed: Decides the noise.
  /// - Returns: Noisy images, in the same shape.
  public func withGaussianNoise(_ sigma: Float, seed: UInt64) -> Tensor {
    let images = self
    let rows = Workers.map(shape[0]) { row in
      noisy(
        Array(images.row(row)), sigma, seed: derivedSeed(seed, .noise, row))
    }
    return Tensor(shape: shape, scalars: joined(rows))
  }
}

/// Some pixels with independent normal noise on each of them.
func noisy(_ pixels: [Float], _ sigma: Float, seed: UInt64) -> [Float] {
  var generator = SeededGenerator(seed: seed)
  return noisy(pixels, sigma, using: &generator)
}

/// The same, from a generator at hand.
func noisy(
  _ pixels: [Float], _ sigma: Float, using generator: inout SeededGenerator
) -> [Float] {
  uninitialized(pixels.count) { result in
    for i in pixels.indices {
      result[i] = pixels[i] + sigma * generator.normal()
    }
  }
}
