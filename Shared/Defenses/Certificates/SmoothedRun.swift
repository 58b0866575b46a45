/// What a smoothed classifier says of labelled images, with certificates.
public struct SmoothedRun: Sendable {
  /// One an image.
  public let answers: [SmoothedAnswer]
  /// The right classes.
  public let labels: [Int]

  /// Certifies all images of a batch, at least one.
  public init(_ smoothing: RandomizedSmoothing, on batch: Batch) {
    self.init(answers: smoothing.certify(batch.images), labels: batch.labels)
  }

  init(answers: [SmoothedAnswer], labels: [Int]) {
    precondition(
      !labels.isEmpty && answers.count == labels.count,
      "\(answers.count) answers and \(labels.count) labels do not match, or "
        + "there are none")
    self.answers = answers
    self.labels = labels
  }

  /// The largest radius that so many copies can certify, in units of σ: that of
  /// a vote without a voice against it.
  public static func largestRadius(copies: Int, alpha: Double = 0.001) -> Double
  {
    standardNormalQuantile(
      Proportion(copies, of: copies).exactLowerBound(alpha: alpha))
  }

  /// The images with a right answer that every image up to so far away shares,
  /// of all.
  ///
  /// - Parameter radius: A distance in the Euclidean norm, in pixels. An ε in
  ///   the maximum norm is another thing: see `RandomizedSmoothing`.
  /// - Returns: The accuracy that is left by any attack within this distance,
  ///   at least, but for the risk α of each certificate.
  public func certifiedAccuracy(atRadius radius: Double) -> Proportion {
    share { answer, label in
      // The theorem leaves out images at exactly the certified distance.
      answer.label == label && (answer.radius ?? 0) > radius
    }
  }

  /// The images with the right answer, of all.
  public var accuracy: Proportion { share { $0.label == $1 } }

  /// The images without an answer, of all.
  public var abstained: Proportion {
    share { answer, _ in answer.label == nil }
  }

  private func share(_ holds: (SmoothedAnswer, Int) -> Bool) -> Proportion {
    Proportion(
      zip(answers, labels).count { holds($0, $1) }, of: labels.count)
  }
}
