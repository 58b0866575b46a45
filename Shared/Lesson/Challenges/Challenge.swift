import Shared

/// A defended network, images and a box: something to be broken.
///
/// Whoever takes it up changes `images` and nothing else. What counts is decided
/// by a copy that was kept.
public struct Challenge: Sendable {
  /// Shape `[N, H, W, C]`, pixels in 0...1.
  public var images: Tensor
  /// N right classes.
  public var labels: [Int]
  /// How far each pixel may move.
  public var epsilon: Epsilon
  /// The network with its defence, every layer of it.
  public var model: Sequential
  /// What rejects suspicious images; nil if nothing does.
  public var alarm: Alarm?

  /// A detector, and from where on it rejects.
  public struct Alarm: Sendable {
    /// What gives each image a score.
    public var detector: any Detector
    /// An image with a higher score is rejected.
    public var threshold: Double
  }
}

extension Challenge {
  /// The model with other draws of its random layer, if it has one.
  ///
  /// To ask a random layer twice about the same image gives the same draw; see
  /// `RandomLayer`.
  public func model(drawing seed: UInt64) -> Sequential {
    var drawn = model
    for index in drawn.layers.indices {
      guard var layer = drawn.layers[index].layer as? any RandomLayer else {
        continue
      }
      layer.seed = seed
      drawn.layers[index].layer = layer
    }
    return drawn
  }

  /// Whether the model has a layer that draws what it does.
  public var isRandom: Bool {
    model.layers.contains { $0.layer is any RandomLayer }
  }

  /// Whether each image gets nobody anything: it is read right or rejected.
  ///
  /// A random model is asked in five draws that no attacker has seen; most of
  /// them decide.
  ///
  /// - Parameter images: In the order of `labels`.
  /// - Returns: One answer an image.
  public func isSafe(_ images: Tensor) -> [Bool] {
    let seeds = (1...(isRandom ? 5 : 1)).map { 0xFEED + UInt64($0) }
    let right = seeds.map { isRight(images, by: model(drawing: $0)) }
    let rejected = isRejected(images)
    return labels.indices.map { image in
      rejected[image] || right.count { $0[image] } * 2 > right.count
    }
  }

  /// The images that are safe, of all.
  public func safety(of images: Tensor) -> Proportion {
    Proportion(isSafe(images).count { $0 }, of: labels.count)
  }

  /// Whether a model reads each image right.
  func isRight(_ images: Tensor, by model: Sequential) -> [Bool] {
    zip(predictions(model.logits(of: images)), labels).map(==)
  }

  /// Whether the alarm goes off at each image.
  func isRejected(_ images: Tensor) -> [Bool] {
    guard let alarm else { return labels.map { _ in false } }
    return alarm.detector.scores(of: images).map { $0 > alarm.threshold }
  }
}
