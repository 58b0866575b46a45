/// Labelled grey images, kept as bytes until a batch is asked for.
public struct ImageSet: Sendable {
  /// Grey values 0...255, image after image.
  public let pixels: [UInt8]
  /// The class of each image.
  public let labels: [UInt8]
  /// Rows and columns of an image.
  public let size: (height: Int, width: Int)

  init(pixels: [UInt8], labels: [UInt8], size: (height: Int, width: Int)) {
    precondition(
      pixels.count == labels.count * size.height * size.width,
      "\(labels.count) labels do not match \(pixels.count) pixels")
    self.pixels = pixels
    self.labels = labels
    self.size = size
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// Chosen images in the given order, as the model takes them.
  ///
  /// A byte becomes a pixel in 0...1 by division by 255, nothing more.
  public func batch(_ indices: [Int]) -> Batch {
    let area = size.height * size.width
    precondition(
      indices.allSatisfy(labels.indices.contains),
      "image numbers must be in 0..<\(count)")
    let scalars = uninitialized(indices.count * area) { scalars in
      for (position, index) in indices.enumerated() {
        convertPixels(
          pixels, from: index * area, count: area,
          to: scalars + position * area)
      }
    }
    return Batch(
      images: Tensor(
        shape: [indices.count, size.height, size.width, 1], scalars: scalars),
      labels: indices.map { Int(labels[$0]) })
  }

  /// The first `count` images, or all if there are fewer.
  public func first(_ count: Int) -> Batch {
    batch(Array(0..<min(count, self.count)))
  }

  /// A set of the first `count` images, or all if there are fewer.
  public func prefix(_ count: Int) -> ImageSet {
    subset(Array(0..<min(count, self.count)))
  }

  /// A smaller set of chosen images.
  public func subset(_ indices: [Int]) -> ImageSet {
    let area = size.height * size.width
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * area)
    for index in indices {
      chosen += pixels[index * area..<(index + 1) * area]
    }
    return ImageSet(
      pixels: chosen, labels: indices.map { labels[$0] }, size: size)
  }

  /// The same images, with labels counted from `first`.
  func relabeled(from first: Int) -> ImageSet {
    first == 0
      ? self
      : ImageSet(
        pixels: pixels, labels: labels.map { $0 - UInt8(first) }, size: size)
  }
}
