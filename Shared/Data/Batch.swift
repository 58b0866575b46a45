/// Images and what they show.
public struct Batch: Sendable {
  /// Shape `[N, H, W, 1]`, pixels in 0...1.
  public var images: Tensor
  /// N class numbers.
  public var labels: [Int]

  /// N images and N labels.
  public init(images: Tensor, labels: [Int]) {
    precondition(
      images.shape.first == labels.count,
      "images \(images.shape) and \(labels.count) labels do not match")
    self.images = images
    self.labels = labels
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The first `count` images, or all if there are fewer.
  public func prefix(_ count: Int) -> Batch { self[0..<min(count, self.count)] }

  /// Some images of the batch.
  public subscript(range: Range<Int>) -> Batch {
    Batch(images: images.rows(range), labels: Array(labels[range]))
  }
}
