/// Fools a model and a detector at once.
///
/// Projected gradient descent in the maximum norm on two aims: an answer that
/// meets the goal (`AttackLoss.margin` up) and an image that does not look
/// suspicious (the score down). As long as an image does not meet its goal, the
/// margin decides a step; from then on the score does. Both gradients are
/// divided by the sum of their magnitudes, because their sizes cannot be
/// compared. Of all points that meet the goal, the one with the lowest score is
/// kept.
///
/// Carlini and Wagner, "Adversarial Examples Are Not Easily Detected: Bypassing
/// Ten Detection Methods", AISec 2017, arXiv:1705.07263, attack both at once
/// with one loss. That a step serves the aim that is still open is from
/// Bryniarski et al., "Evading Adversarial Example Detection Defenses with
/// Orthogonal Projected Gradient Descent", ICLR 2022, arXiv:2106.15023.
///
/// The attacker has the detector, with a network of its own inside. What it
/// asks that one is not counted among the passes of a run.
public struct DetectorEvasion: Attack {
  /// What shall not notice.
  public let detector: any Detector
  /// The largest change of any pixel.
  public var epsilon: Epsilon
  /// How far one step moves each pixel.
  public var stepSize: Epsilon
  /// The number of steps.
  public var steps: Int
  /// Decides the random start; nil starts at the image.
  public var seed: UInt64?
  /// How much the aim that does not decide a step counts in it, 0...1.
  ///
  /// With 0 the steps serve one aim at a time and may undo one another; with 1
  /// both aims always count the same and may cancel out.
  public var otherAim: Float = 0.2

  public var bound: Bound { .maximum(epsilon) }

  /// The given number of steps from a random start (or none: `seed: nil`).
  public init(
    of detector: any Detector, epsilon: Epsilon, stepSize: Epsilon, steps: Int,
    seed: UInt64? = 0
  ) {
    precondition(steps > 0, "evasion takes at least one step, got \(steps)")
    self.detector = detector
    self.epsilon = epsilon
    self.stepSize = stepSize
    self.steps = steps
    self.seed = seed
  }

  /// For each image the least suspicious one that was found to meet its goal;
  /// the image itself if there is none.
  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    var best = images
    var lowest = [Double](repeating: .infinity, count: goals.count)
    func keep(_ candidates: Tensor, _ isMet: [Bool], _ scores: [Double]) {
      for image in goals.indices where isMet[image] {
        guard scores[image] < lowest[image] else { continue }
        lowest[image] = scores[image]
        best.replaceRow(image, with: candidates.row(image))
      }
    }
    func meetsGoal(_ logits: Tensor) -> [Bool] {
      zip(goals, predictions(logits)).map { $0.isMet(by: $1) }
    }
    keep(
      images, meetsGoal(model.logits(of: images)), detector.scores(of: images))
    var current =
      seed.map { uniformNoise(around: images, epsilon, seed: $0) } ?? images
    for _ in 0..<steps {
      let slope = model.slope(of: .margin, at: current, goals: goals)
      let suspicion = detector.scoreGradient(of: current)
      let isMet = meetsGoal(slope.logits)
      keep(current, isMet, suspicion.scores)
      let gradient = weighed(
        margin: scaled(slope.gradient), score: scaled(suspicion.gradient),
        isMet: isMet)
      let moved = current.combined(with: gradient) { pixel, gradient in
        pixel + stepSize.pixels * sign(gradient)
      }
      current = projected(moved, around: images, epsilon)
    }
    keep(
      current, meetsGoal(model.logits(of: current)),
      detector.scores(of: current))
    return best
  }

  /// Up with the margin and down with the score, weighed image by image.
  private func weighed(margin: Tensor, score: Tensor, isMet: [Bool]) -> Tensor {
    var result = margin
    for image in isMet.indices {
      let (up, down): (Float, Float) =
        isMet[image] ? (otherAim, 1) : (1, otherAim)
      result.replaceRow(
        image,
        with: zip(margin.row(image), score.row(image)).map {
          up * $0 - down * $1
        })
    }
    return result
  }
}

/// Each image's gradient, divided by the sum of its magnitudes.
private func scaled(_ gradient: Tensor) -> Tensor {
  eachRow(of: gradient) { row in
    let magnitude = row.reduce(0) { $0 + Double(abs($1)) }
    return magnitude > 0
      ? row.map { Float(Double($0) / magnitude) } : Array(row)
  }
}
