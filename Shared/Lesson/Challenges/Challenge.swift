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

  /// Whether each image gets nobody anything: it is read right or rejected.
  ///
  /// A random model is asked in five draws; most of them decide.
  ///
  /// - Parameters:
  ///   - images: In the order of `labels`.
  ///   - seed: Decides the draws: one that no attacker knows.
  /// - Returns: One answer an image.
  public func isSafe(_ images: Tensor, drawing seed: UInt64) -> [Bool] {
    let isRandom = model.layers.contains { $0.layer is any RandomLayer }
    let right = (0..<(isRandom ? 5 : 1)).map { draw in
      isRight(
        images, by: model(drawing: derivedSeed(seed, .coins, draw)))
    }
    let rejected = isRejected(images)
    return labels.indices.map { image in
      rejected[image] || right.count { $0[image] } * 2 > right.count
    }
  }

  /// The name of the rule that an answer breaks; nil if it keeps all.
  public func brokenRule(in answer: Challenge) -> String? {
    Self.rules.first { $0.violation(self, answer) != nil }?.name
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

  /// The layers behind a defence that stands in front of them.
  var behindDefense: Sequential { Sequential(Array(model.layers.dropFirst())) }

  /// The same defence before other images.
  func with(_ batch: Batch) -> Challenge {
    var copy = self
    (copy.images, copy.labels) = (batch.images, batch.labels)
    return copy
  }
}
