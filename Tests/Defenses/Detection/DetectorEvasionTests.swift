import Testing

@testable import Lesson
@testable import Shared

/// Suspects images by their second pixel alone.
private struct SecondPixel: Detector {
  func scores(of images: Tensor) -> [Double] {
    images.allRows.map { Double($0[1]) }
  }

  func scoreGradient(of images: Tensor)
    -> (scores: [Double], gradient: Tensor)
  {
    (
      scores(of: images),
      Tensor(
        rows: images.allRows.map { _ in [0, 1] },
        of: Array(images.shape.dropFirst()))
    )
  }
}

@Suite struct DetectorEvasionTests {
  /// Class 0 while the first pixel is the brighter one.
  private let model = ExerciseSamples.twoPixelClassifier([1, -1])
  private let image = ExerciseSamples.pixels(0.6, 0.4)
  private let epsilon = Epsilon.pixels(0.3)

  private func evasion(
    otherAim: Float = 0.2, steps: Int = 80, seed: UInt64? = 1
  ) -> DetectorEvasion {
    var attack = DetectorEvasion(
      of: SecondPixel(), epsilon: epsilon, stepSize: .pixels(0.02),
      steps: steps, seed: seed)
    attack.otherAim = otherAim
    return attack
  }

  @Test(arguments: [0, 0.1, 0.2] as [Float])
  func `it goes unnoticed where plain descent is detected`(otherAim: Float) {
    let labels = [0]
    func report(_ attack: any Attack) -> DetectionReport {
      let run = AttackRun(
        attack, on: Batch(images: image, labels: labels), against: model)
      return DetectionReport(
        scores: SecondPixel().scores(of: run.images), threshold: 0.45,
        answers: run.answers, labels: labels)
    }
    let plain = PGD(
      epsilon: epsilon, stepSize: .pixels(0.02), steps: 80, seed: 1)
    // Both pixels go to the ends of the box, 0.3 and 0.7.
    #expect(report(plain).rejected == Proportion(1, of: 1))
    for seed: UInt64? in [nil, 1, 2, 3] {
      let evaded = report(evasion(otherAim: otherAim, seed: seed))
      #expect(evaded.acceptedAndWrong == Proportion(1, of: 1))
    }
  }

  @Test func `the least suspicious point comes near the best of the box`() {
    // At best 0.3 and a hair more.
    let result = evasion().perturb(image, labels: [0], against: model)
    #expect(result.scalars[1] > result.scalars[0])
    #expect(result.scalars[1] < 0.36)
    #expect(epsilon.isAllowed(result, from: image))
  }

  @Test func `an image that is wrong from the start gets less suspicious`() {
    // The answer is 0, and no image of the box is brighter on the right.
    let wrong = ExerciseSamples.pixels(0.9, 0.2)
    let result = evasion().perturb(wrong, labels: [1], against: model)
    #expect(result.scalars[1] == 0)
  }

  @Test func `where nothing is found the image stays as it is`() {
    let far = ExerciseSamples.pixels(0.9, 0.1)
    #expect(evasion().perturb(far, labels: [0], against: model) == far)
  }

  @Test func `a target is reached`() {
    let result = evasion().perturb(
      image, goals: [.reach(1, from: 0)], against: model)
    #expect(predictions(model.logits(of: result)) == [1])
  }

  @Test func `only the model under attack counts its passes`() {
    let run = evasion(steps: 7).run(
      on: image, goals: [.avoid(0)], against: model)
    // Before, after, and every step.
    #expect(run.passes == [Passes(forward: 9, backward: 7)])
    #expect(DetectorEvasion.knowledge == .gradients)
  }

  /// Statistics and threshold come from other digits than those attacked.
  @Test func `against what is usual inside the model that ships`() throws {
    let victim = try Victim.shared.get()
    let others = try Attacker.shared.get()
    let detector = UsualChannels(
      of: victim.model,
      comparedWith: victim.model.channelStatistics(
        of: ["relu1", "relu2"], on: others.training.images))
    let batch = victim.batch.prefix(20)
    let clean = detector.scores(of: others.training.images)
    func outcome(_ attack: any Attack)
      -> (mean: Double, report: DetectionReport)
    {
      let run = AttackRun(attack, on: batch, against: victim.model)
      let scores = detector.scores(of: run.images)
      return (
        scores.reduce(0, +) / Double(scores.count),
        DetectionReport(
          scores: scores,
          threshold: ROC.threshold(of: clean, falsePositiveRate: 0.05),
          answers: run.answers, labels: batch.labels)
      )
    }
    let plain = outcome(
      PGD(epsilon: epsilon, stepSize: .pixels(0.03), steps: 40, seed: 1))
    let evading = outcome(
      DetectorEvasion(
        of: detector, epsilon: epsilon, stepSize: .pixels(0.03), steps: 40,
        seed: 1))
    #expect(evading.mean < plain.mean)
    #expect(
      evading.report.acceptedAndWrong.value
        >= plain.report.acceptedAndWrong.value)
  }

  @Test(arguments: [0, 0.003, 0.1, 0.3] as [Float])
  func `no pixel leaves its box, by not even one bit`(epsilon: Float) {
    let model = Sample.smallNetwork(seed: 8)
    let batch = Sample.batch(20, height: 8, width: 8, seed: 9)
    let detector = UsualChannels(
      of: model,
      comparedWith: model.channelStatistics(
        of: ["relu1", "relu2"], on: batch.images))
    let attack = DetectorEvasion(
      of: detector, epsilon: .pixels(epsilon), stepSize: .pixels(0.03),
      steps: 5)
    let results = [1, 3].map { workers in
      Workers.$count.withValue(workers) {
        attack.perturb(batch.images, labels: batch.labels, against: model)
      }
    }
    #expect(Epsilon.pixels(epsilon).isAllowed(results[0], from: batch.images))
    #expect(results[0] == results[1])
    if epsilon == 0 { #expect(results[0] == batch.images) }
  }
}
