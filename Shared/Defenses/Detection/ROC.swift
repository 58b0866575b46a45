/// How well scores tell attacked images from clean ones, at every threshold.
///
/// An image is rejected if its score lies above the threshold. Lowering the
/// threshold rejects more attacked images and more clean ones; the curve of the
/// two shares is the receiver operating characteristic.
public struct ROC: Sendable {
  /// What one threshold does.
  public struct Point: Sendable, Equatable, Encodable {
    /// The share of clean images that it rejects.
    public let falsePositiveRate: Double
    /// The share of attacked images that it rejects.
    public let truePositiveRate: Double
  }

  /// The corners of the curve, from (0, 0) to (1, 1).
  public let points: [Point]
  /// The area under the curve: the probability that an attacked image has a
  /// higher score than a clean one, where a tie counts one half.
  ///
  /// By trapezia, which gives the statistic of Mann and Whitney (Hanley and
  /// McNeil, "The Meaning and Use of the Area under a Receiver Operating
  /// Characteristic (ROC) Curve", Radiology 143, 1982). A coin has 0.5.
  public let area: Double
  /// From the highest to the lowest.
  private let clean: [Double]
  private let attacked: [Double]

  /// The curve of some scores.
  ///
  /// - Parameters:
  ///   - clean: Scores of clean images, at least one.
  ///   - attacked: Scores of attacked images, at least one.
  public init(clean: [Double], attacked: [Double]) {
    precondition(
      !clean.isEmpty && !attacked.isEmpty,
      "a curve takes scores of clean and of attacked images")
    precondition(
      !clean.contains(where: \.isNaN) && !attacked.contains(where: \.isNaN),
      "a score that is not a number is neither high nor low")
    self.clean = clean.sorted(by: >)
    self.attacked = attacked.sorted(by: >)
    let corners = Self.corners(self.clean, self.attacked)
    let (negatives, positives) = (clean.count, attacked.count)
    points = corners.map {
      Point(
        falsePositiveRate: Double($0.clean) / Double(negatives),
        truePositiveRate: Double($0.attacked) / Double(positives))
    }
    // Whole numbers: twice the area, in units of one pair of images.
    let doubled = zip(corners, corners.dropFirst()).reduce(0) { sum, side in
      let (left, right) = side
      return sum
        + (right.clean - left.clean) * (left.attacked + right.attacked)
    }
    area = Double(doubled) / Double(2 * negatives * positives)
  }

  /// How many images of each kind are rejected.
  private typealias Counts = (clean: Int, attacked: Int)

  /// The counts at falling thresholds, without those on a straight line between
  /// others.
  ///
  /// Both lists fall.
  private static func corners(_ clean: [Double], _ attacked: [Double])
    -> [Counts]
  {
    var corners: [Counts] = [(0, 0)]
    var next: Counts = (0, 0)
    while next.clean < clean.count || next.attacked < attacked.count {
      let score = max(
        next.clean < clean.count ? clean[next.clean] : -.infinity,
        next.attacked < attacked.count ? attacked[next.attacked] : -.infinity)
      while next.clean < clean.count, clean[next.clean] == score {
        next.clean += 1
      }
      while next.attacked < attacked.count, attacked[next.attacked] == score {
        next.attacked += 1
      }
      if corners.count > 1 {
        let (first, middle) = (
          corners[corners.count - 2], corners[corners.count - 1]
        )
        let isStraight =
          (middle.clean - first.clean) * (next.attacked - middle.attacked)
          == (next.clean - middle.clean) * (middle.attacked - first.attacked)
        if isStraight { corners.removeLast() }
      }
      corners.append(next)
    }
    return corners
  }

  /// The lowest threshold that rejects no more than that share of clean images.
  ///
  /// It may reject fewer, where scores are tied.
  ///
  /// - Parameters:
  ///   - clean: Scores of clean images, at least one.
  ///   - rate: In 0 ..< 1.
  /// - Returns: The score of a clean image; what lies above it is rejected.
  public static func threshold(
    of clean: [Double], falsePositiveRate rate: Double
  ) -> Double {
    precondition(
      !clean.isEmpty && !clean.contains(where: \.isNaN),
      "a threshold takes scores of clean images, and all must be numbers")
    precondition(
      rate >= 0 && rate < 1,
      "a false positive rate lies in 0..<1, got \(rate)")
    // 0.29 · 100 is a hair less than 29.
    let allowed = Int(rate * Double(clean.count) + 1e-9)
    return clean.sorted(by: >)[min(allowed, clean.count - 1)]
  }

  /// The lowest threshold that rejects no more than that share of these clean
  /// images.
  public func threshold(falsePositiveRate rate: Double) -> Double {
    Self.threshold(of: clean, falsePositiveRate: rate)
  }
}

extension ROC {
  /// The 95 % confidence interval of the area, 0...1.
  ///
  /// Newcombe, "Confidence intervals for an effect size measure based on the
  /// Mann–Whitney statistic. Part 2: asymptotic methods and evaluation",
  /// Statistics in Medicine 25 (2006), method 5: all areas that lie no more
  /// than 1.96 of their own standard errors away. The error is that of Hanley
  /// and McNeil with both sample sizes replaced by their mean. It has a width
  /// even where all scores are told apart. It takes clean and attacked images
  /// for independent draws; versions of the same images are not.
  public var areaInterval95: ClosedRange<Double> {
    let pairs = Double(clean.count) * Double(attacked.count)
    let others = Double(clean.count + attacked.count) / 2 - 1
    func isNear(_ other: Double) -> Bool {
      let excess =
        others * ((1 - other) / (2 - other) + other / (1 + other))
      let variance = other * (1 - other) * (1 + excess) / pairs
      return abs(other - area) <= 1.959964 * variance.squareRoot()
    }
    func end(toward limit: Double) -> Double {
      var (inside, outside) = (area, limit)
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if isNear(middle) { inside = middle } else { outside = middle }
      }
      return outside
    }
    return end(toward: 0)...end(toward: 1)
  }
}

extension ROC: Encodable {
  private enum CodingKeys: CodingKey {
    case area, areaInterval95, clean, attacked, points
  }

  /// The curve, its area, and out of how many images.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(area, forKey: .area)
    try container.encode(areaInterval95, forKey: .areaInterval95)
    try container.encode(clean.count, forKey: .clean)
    try container.encode(attacked.count, forKey: .attacked)
    try container.encode(points, forKey: .points)
  }
}
