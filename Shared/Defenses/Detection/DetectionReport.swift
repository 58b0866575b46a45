/// What a model with a detector in front of it does with images.
///
/// Rejecting is no success by itself: whoever rejects every image is never
/// wrong. So two numbers belong together, `rejectedOrRight` on attacked images
/// and `rejected` on clean ones.
public struct DetectionReport: Sendable, Equatable, Encodable {
  /// The images that the detector rejects, of all: on clean images its cost.
  public let rejected: Proportion
  /// The images that are rejected or classified rightly, of all: on attacked
  /// images the accuracy that the pair defends.
  public let rejectedOrRight: Proportion

  /// The images that are accepted and classified rightly, of all: on clean
  /// images what is left of the accuracy.
  public let acceptedAndRight: Proportion

  /// Counts what becomes of images.
  ///
  /// - Parameters:
  ///   - scores: The detector's, N of them, N above 0.
  ///   - threshold: Images with a higher score are rejected.
  ///   - answers: The class that the model answers to each.
  ///   - labels: The right classes.
  public init(
    scores: [Double], threshold: Double, answers: [Int], labels: [Int]
  ) {
    precondition(
      scores.count == labels.count && answers.count == labels.count,
      "\(scores.count) scores, \(answers.count) answers and \(labels.count) "
        + "labels do not match")
    let all = labels.indices
    rejected = Proportion(all.count { scores[$0] > threshold }, of: all.count)
    acceptedAndRight = Proportion(
      all.count { scores[$0] <= threshold && answers[$0] == labels[$0] },
      of: all.count)
    rejectedOrRight = Proportion(
      all.count { scores[$0] > threshold || answers[$0] == labels[$0] },
      of: all.count)
  }

  /// The images that are accepted and classified wrongly, of all: what an
  /// attacker who knows of the detector is after.
  public var acceptedAndWrong: Proportion {
    Proportion(
      rejectedOrRight.total - rejectedOrRight.successes,
      of: rejectedOrRight.total)
  }
}
