extension ImageSet {
  /// The order in which one epoch visits the images, cut into batches.
  ///
  /// The order is a function of seed and epoch alone, so a training that is
  /// resumed at epoch 3 sees what an uninterrupted one would have seen. The
  /// last batch may be smaller.
  ///
  /// - Parameters:
  ///   - batchSize: The number of images in a batch.
  ///   - seed: The seed of the whole training.
  ///   - epoch: The number of the epoch.
  /// - Returns: Batches, made one at a time when asked for.
  public func batches(of batchSize: Int, seed: UInt64, epoch: Int)
    -> some Sequence<Batch>
  {
    precondition(batchSize > 0, "a batch holds at least one image")
    var generator = SeededGenerator(seed: derivedSeed(seed, .shuffle, epoch))
    let order = Array(0..<count).shuffled(using: &generator)
    return Workers.shards(of: count, size: batchSize).lazy.map {
      batch(Array(order[$0]))
    }
  }

  /// How many of so many training images are held out: a twelfth.
  package static func heldOutCount(of count: Int) -> Int { count / 12 }

  /// Splits off `heldOut` random images, for decisions that the test set must
  /// not make.
  ///
  /// - Parameters:
  ///   - heldOut: How many images to hold out; at least one stays.
  ///   - seed: Decides which.
  /// - Returns: Both parts as image numbers, in ascending order.
  public func split(holdingOut heldOut: Int, seed: UInt64)
    -> (training: [Int], validation: [Int])
  {
    precondition(
      (0..<count).contains(heldOut),
      "cannot hold out \(heldOut) of \(count) images")
    var generator = SeededGenerator(seed: derivedSeed(seed, .split))
    let order = Array(0..<count).shuffled(using: &generator)
    return (order.dropFirst(heldOut).sorted(), order.prefix(heldOut).sorted())
  }
}
