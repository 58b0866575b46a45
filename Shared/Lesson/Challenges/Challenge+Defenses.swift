import Shared

// Four defences that FGSM and PGD do not break.

extension Challenge {
  /// A network whose logits are a hundred times as large.
  ///
  /// Its answers are the same. But the probability of the right class rounds to
  /// 1, and the slope of the cross-entropy to 0.
  ///
  /// - Returns: The challenge; nil if the network does not end with a linear
  ///   layer.
  public static func maskedGradients(of network: Sequential, on batch: Batch)
    -> Challenge?
  {
    guard let last = network.layers.last, var linear = last.layer as? Linear
    else { return nil }
    linear.weight = linear.weight * 100
    linear.bias = linear.bias * 100
    var masked = network.withoutDropout
    masked.layers[masked.layers.count - 1].layer = linear
    return Challenge(
      images: batch.images, labels: batch.labels, epsilon: .pixels(0.2),
      model: masked)
  }

  /// A network that sees its images black and white.
  public static func thresholding(before network: Sequential, on batch: Batch)
    -> Challenge
  {
    Challenge(
      images: batch.images, labels: batch.labels, epsilon: .pixels(0.47),
      model: network.withoutDropout.defended(
        by: Thresholding(), named: "threshold"))
  }

  /// A network that sees its images under noise, drawn anew for each of them.
  public static func noise(before network: Sequential, on batch: Batch)
    -> Challenge
  {
    Challenge(
      images: batch.images, labels: batch.labels, epsilon: .pixels(0.2),
      model: network.withoutDropout.defended(
        by: RandomNoise(sigma: 0.25), named: "noise"))
  }

  /// A network with a detector, which rejects 5 % of some clean images.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - batch: The images to attack.
  ///   - clean: Others, from which the detector learns what is usual.
  /// - Returns: The challenge; nil if no ReLU of the network ever varies.
  public static func detector(
    of network: Sequential, on batch: Batch, calibratedBy clean: Batch
  ) -> Challenge? {
    let rectifiers = network.layers.filter { $0.layer is ReLU }.map(\.name)
    let usual = network.channelStatistics(of: rectifiers, on: clean.images)
    let deviations = usual.flatMap { $0.standardDeviation.scalars }
    guard deviations.allSatisfy(\.isFinite),
      deviations.contains(where: { $0 > 0 })
    else { return nil }
    let detector = UsualChannels(of: network, comparedWith: usual)
    return Challenge(
      images: batch.images, labels: batch.labels, epsilon: .pixels(0.3),
      model: network.withoutDropout,
      alarm: Alarm(
        detector: detector,
        threshold: ROC.threshold(
          of: detector.scores(of: clean.images), falsePositiveRate: 0.05)))
  }
}
