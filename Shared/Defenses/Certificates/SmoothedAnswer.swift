/// What a smoothed classifier says of one image.
public struct SmoothedAnswer: Sendable, Equatable {
  /// The class that won the selection.
  public let candidate: Int
  /// The noisy copies that the network took for this class, of all in the
  /// estimation.
  public let votes: Proportion
  /// What the probability of such a vote exceeds, as far as can be said with
  /// the confidence 1 − α.
  public let probability: Double
  /// How far, in the Euclidean norm and in pixels, no other image has another
  /// answer; nil if the classifier abstains.
  ///
  /// Images at exactly this distance are not included. In the maximum norm it
  /// promises far less: see `RandomizedSmoothing`.
  public let radius: Double?

  /// The answer; nil if the classifier abstains.
  public var label: Int? { radius == nil ? nil : candidate }

  /// Draws the conclusion from a vote.
  init(candidate: Int, votes: Proportion, sigma: Float, alpha: Double) {
    self.candidate = candidate
    self.votes = votes
    probability = votes.exactLowerBound(alpha: alpha)
    radius =
      probability > 0.5
      ? Double(sigma) * standardNormalQuantile(probability) : nil
  }
}
