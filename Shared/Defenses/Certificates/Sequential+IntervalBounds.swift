// What no attack within a box of ε a pixel can change, by interval bound
// propagation: Gowal et al. 2018, arXiv:1810.12715.
//
// The bounds hold for the network as it is computed here, in `Float` and with
// its rounding (see `RoundingError`, `AffineBounds` and `MarginBounds`), and
// for every image of `Float` pixels in the box. They are not tight: an image
// that they do not certify may be safe all the same.

extension Sequential {
  /// Bounds of the logits of all images within ε of some images, or of what a
  /// layer on the way gets.
  ///
  /// Reports `WorkReport.passesOfBounds` an image.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - epsilon: How far each pixel may move; it stays in 0...1.
  ///   - name: The layer in front of which to stop; nil goes to the end.
  /// - Returns: The least and the largest value of each logit, `[N, classes]`,
  ///   or of each input of that layer, in the shape in which it gets them; −∞
  ///   and ∞ where numbers are too large or none.
  /// - Throws: A `TutorialError` if a pixel is not in 0...1, a layer does not
  ///   take the images, or there are no bounds for a layer, be it behind the
  ///   named one.
  public func intervalBounds(
    on images: Tensor, epsilon: Epsilon, before name: String? = nil
  ) throws -> (lower: Tensor, upper: Tensor) {
    let count = layerCount(before: name)
    let network = try bounding(images)
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      network.bounds(
        of: IntervalBounds(around: images.rows(shards[index]), epsilon),
        throughLayers: count)
    }
    WorkReport.send(passes: WorkReport.passesOfBounds * images.shape[0])
    return (
      Tensor(concatenating: parts.map(\.lower)),
      Tensor(concatenating: parts.map(\.upper))
    )
  }

  /// How far, at least, the logit of the right class lies above every other
  /// one, for all images within ε of each image.
  ///
  /// Reports `WorkReport.passesOfBounds` an image.
  ///
  /// - Parameters:
  ///   - batch: The images, pixels in 0...1, and their right classes.
  ///   - epsilon: How far each pixel may move; it stays in 0...1.
  /// - Returns: One bound an image. Above 0 no attack within ε can succeed;
  ///   −∞ says nothing.
  /// - Throws: A `TutorialError` as `intervalBounds` does, and if the network
  ///   does not end with a linear layer or has no logit for a label.
  public func marginLowerBounds(on batch: Batch, epsilon: Epsilon) throws
    -> [Double]
  {
    let network = try bounding(batch.images)
    let last = layers.count - 1
    guard let linear = layers[last].layer as? Linear else {
      throw TutorialError(
        "The network ends with layer \(layers[last].name), and margins are "
          + "bounded only behind a last linear layer; put one there.")
    }
    let margins = MarginBounds(linear)
    if let label = batch.labels.first(where: {
      !(0..<margins.classes).contains($0)
    }) {
      throw TutorialError(
        "An image is of class \(label), and the network has \(margins.classes) "
          + "classes, counted from 0; take data that it is made for.")
    }
    let shards = Workers.shards(of: batch.count, size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      let part = batch[shards[index]]
      let box = network.bounds(
        of: IntervalBounds(around: part.images, epsilon), throughLayers: last)
      return part.labels.enumerated().map { row, label in
        margins.lowest(box, row: row, label: label)
      }
    }
    WorkReport.send(passes: WorkReport.passesOfBounds * batch.count)
    return parts.flatMap { $0 }
  }

  /// Whether no image within ε of each image can be misclassified.
  ///
  /// That includes the image itself. For parameters and errors see
  /// `marginLowerBounds`.
  ///
  /// - Returns: One answer an image; `false` may also mean that the bounds are
  ///   too loose.
  public func isCertified(on batch: Batch, epsilon: Epsilon) throws -> [Bool] {
    try marginLowerBounds(on: batch, epsilon: epsilon).map { $0 > 0 }
  }

  /// The images of a set that are certified, of all, a thousand at a time.
  ///
  /// No attack within ε leaves fewer. For parameters and errors see
  /// `marginLowerBounds`.
  public func certifiedAccuracy(on data: ImageSet, epsilon: Epsilon) throws
    -> Proportion
  {
    let parts = try Workers.shards(of: data.count, size: 1000).map { range in
      try isCertified(on: data.batch(Array(range)), epsilon: epsilon)
    }
    return Proportion(parts.joined().count { $0 }, of: data.count)
  }

  /// How many layers lie before the one of that name; all if nil.
  private func layerCount(before name: String?) -> Int {
    guard let name else { return layers.count }
    guard let index = layers.firstIndex(where: { $0.name == name }) else {
      preconditionFailure(
        "none of the layers \(layers.map(\.name)) is called \(name)")
    }
    return index
  }

  /// The network ready to bound its answers to these images, if it can.
  private func bounding(_ images: Tensor) throws -> IntervalNetwork {
    precondition(
      images.shape.count > 1 && images.shape[0] > 0 && !layers.isEmpty,
      "bounds take images [N, H, W, C] and a network, got \(images.shape) and "
        + "\(layers.count) layers")
    let network = try IntervalNetwork(
      self, imageShape: Array(images.shape.dropFirst()))
    if let pixel = images.scalars.first(where: { !((0...1) ~= $0) }) {
      throw TutorialError(
        "A pixel is \(pixel), and bounds take pixels in 0...1; divide gray "
          + "values by 255.")
    }
    return network
  }
}
