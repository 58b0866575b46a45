/// A change of whole images that no box around them describes: of their place,
/// their sharpness, the pen.
///
/// It knows nothing of any model, and it changes each image on its own.
public protocol ImageChange: Sendable {
  /// As it is called below a picture or in a table.
  var name: String { get }

  /// Changed copies of the images.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1.
  /// - Returns: Images of the same shape, pixels in 0...1.
  func changed(_ images: Tensor) -> Tensor
}

extension ImageChange {
  func requireImages(_ images: Tensor) {
    precondition(
      images.shape.count == 4,
      "\(name): this takes images [N, H, W, C], got \(images.shape)")
  }
}

extension Sequential {
  /// Which images the model reads right under every one of some changes.
  ///
  /// The worst of a grid: Engstrom et al., "Exploring the Landscape of Spatial
  /// Robustness", ICML 2019, arXiv:1712.02779, attack so, by rotations and
  /// shifts. What is between the points of the grid was not tried, so this is
  /// an upper bound, as every attack's result is.
  ///
  /// - Parameters:
  ///   - changes: What is done to each image, one after the other to the
  ///     original. The original itself counts only if it is among them.
  ///   - batch: The images and their right classes. One that is misread is not
  ///     tried again.
  /// - Returns: One answer an image.
  public func stands(under changes: [any ImageChange], on batch: Batch)
    -> [Bool]
  {
    var standing = Array(batch.labels.indices)
    for change in changes where !standing.isEmpty {
      let changed = change.changed(batch.images.rows(standing))
      let answers = predictions(logits(of: changed))
      standing = zip(standing, answers).filter { image, answer in
        answer == batch.labels[image]
      }.map(\.0)
    }
    var stands = Array(repeating: false, count: batch.count)
    for image in standing { stands[image] = true }
    return stands
  }
}
