/// Something that says how suspicious an image looks.
///
/// A detector leaves the model's answer as it is. It gives each image a number,
/// and images above some threshold are rejected. Where the threshold lies is a
/// choice between attacks missed and clean images turned away: see `ROC`.
public protocol Detector: Sendable {
  /// How suspicious each image looks; higher is more suspicious.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1, N above 0.
  /// - Returns: N scores.
  func scores(of images: Tensor) -> [Double]

  /// The scores, and the way in which each one rises: what an attacker computes
  /// who knows the detector.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1, N above 0.
  /// - Returns: N scores, and ∂score/∂pixel in the shape of the images, or what
  ///   an attacker takes for it where a step of the detector has no slope.
  func scoreGradient(of images: Tensor) -> (scores: [Double], gradient: Tensor)
}
