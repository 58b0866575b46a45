extension IntervalTraining {
  /// The passes of one image in `certified`, as `WorkReport` counts them: the
  /// center and the radius of its box.
  static let passesOfBounds = 2

  /// The images whose bounds leave the logit of the label the largest, of all.
  ///
  /// These are the bounds that the training uses, computed in `Float` without
  /// room for what rounding adds. They show how the training goes; they are not
  /// a certificate.
  ///
  /// - Parameters:
  ///   - model: A model with a linear layer at its end.
  ///   - data: At least one image.
  ///   - epsilon: How far a pixel may move.
  /// - Returns: How many are classified as labelled in their whole box.
  /// - Throws: A `TutorialError` that names a layer that bounds cannot pass.
  public static func certified(
    by model: Sequential, on data: ImageSet, epsilon: Epsilon
  ) throws -> Proportion {
    precondition(data.count > 0, "no images to certify")
    let pass = IntervalPass(
      try IntervalWeights(model),
      imageShape: [data.size.height, data.size.width, 1], hasGradients: false)
    let shards = Workers.shards(of: data.count, size: independentShardSize)
    let counts = Workers.map(shards.count) { index in
      let batch = data.batch(Array(shards[index]))
      let (worst, _) = pass.forward(batch, epsilon: epsilon.pixels)
      return certifiedCount(worst, labels: batch.labels)
    }
    WorkReport.send(passes: passesOfBounds * data.count)
    return Proportion(counts.reduce(0, +), of: data.count)
  }
}
