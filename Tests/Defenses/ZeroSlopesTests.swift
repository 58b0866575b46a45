import Testing

@testable import Lesson
@testable import Shared

@Suite struct ZeroSlopesTests {
  /// With weights w and −w class 0 leads by w ⁄ 2.
  private let one = Batch(
    images: ExerciseSamples.pixels(0.75, 0.25), labels: [0])

  private func zeroSlopes(
    _ loss: AttackLoss, weights: Float..., on batch: Batch
  ) -> ZeroSlopes {
    ExerciseSamples.twoPixelClassifier(weights).zeroSlopes(of: loss, on: batch)
  }

  private func share(_ images: Int, of all: Int) -> ZeroSlopes {
    ZeroSlopes(atAllPixels: Proportion(images, of: all))
  }

  @Test func `500 logits ahead no probability is left`() {
    for loss in [AttackLoss.naiveCrossEntropy, .crossEntropy] {
      #expect(
        zeroSlopes(loss, weights: 1000, -1000, on: one) == share(1, of: 1))
    }
    #expect(
      zeroSlopes(.margin, weights: 1000, -1000, on: one) == share(0, of: 1))
  }

  @Test func `20 logits ahead only p − 1 is 0`() {
    // The other class has no weights, so its logit's slope reaches no pixel.
    #expect(
      zeroSlopes(.naiveCrossEntropy, weights: 40, -40, on: one)
        == share(1, of: 1))
    #expect(
      zeroSlopes(.crossEntropy, weights: 40, -40, on: one) == share(0, of: 1))
  }

  @Test func `a mistake has a slope, and one live pixel is enough`() {
    let two = Batch(
      images: ExerciseSamples.pixels(0.75, 0.25, 0.25, 0.75), labels: [0, 0])
    #expect(
      zeroSlopes(.naiveCrossEntropy, weights: 1000, -1000, on: two)
        == share(1, of: 2))
    #expect(zeroSlopes(.margin, weights: 1, 0, on: two) == share(0, of: 2))
  }

  @Test func `scaled logits hide from cross-entropy, not from the margin`() {
    let model = Sample.smallNetwork(seed: 1)
    let images = Sample.batch(19, height: 8, width: 8, seed: 2).images
    let batch = Batch(
      images: images, labels: predictions(model.logits(of: images)))
    let plain = model.zeroSlopes(of: .margin, on: batch)
    #expect(plain.atAllPixels.successes == 0)
    #expect(
      model.zeroSlopes(of: .naiveCrossEntropy, on: batch).atAllPixels.successes
        == 0)
    // By a power of two, which rounds nothing.
    var scaled = model
    scaled.visitParameters { name, value in
      if name.hasPrefix("fc2.") { value = value * 0x1p30 }
    }
    #expect(scaled.zeroSlopes(of: .margin, on: batch) == plain)
    for loss in [AttackLoss.naiveCrossEntropy, .crossEntropy] {
      #expect(scaled.zeroSlopes(of: loss, on: batch) == share(19, of: 19))
    }
  }

  @Test func `an attack without a slope leaves the image`() {
    let model = ExerciseSamples.twoPixelClassifier([1000, -1000])
    var attack = FGSM(epsilon: .pixels(0.5))
    attack.loss = .naiveCrossEntropy
    #expect(
      attack.perturb(one.images, labels: [0], against: model) == one.images)
    attack.loss = .margin
    #expect(model.accuracy(under: attack, on: one) == Proportion(0, of: 1))
  }

  @Test func `where p does not round to 1, the naive slope is the other's`() {
    for row in Sample.uniform([50, 4], seed: 3).allRows {
      let logits = row.map { 3 * $0 }
      for goal in [Goal.avoid(1), .reach(2, from: 1)] {
        let naive = AttackLoss.naiveCrossEntropy(logits, goal)
        let exact = AttackLoss.crossEntropy(logits, goal)
        #expect(naive.value == exact.value)
        expectClose(
          naive.gradient.map(Double.init), exact.gradient.map(Double.init),
          relative: 1e-3)
      }
    }
  }
}
