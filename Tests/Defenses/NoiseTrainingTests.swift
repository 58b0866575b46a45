import Foundation
import Synchronization
import Testing

@testable import Shared

private final class PassSum: WorkObserver {
  let passes = Mutex(0)

  func add(_ report: WorkReport) {
    passes.withLock { $0 += report.passes }
  }
}

@Suite struct NoiseTrainingTests {
  /// Images of 8 × 8 pixels, the upper half bright in class 0, the lower half
  /// in class 1.
  private let halves: ImageSet = {
    let bright = [UInt8](repeating: 200, count: 32)
    let dark = [UInt8](repeating: 40, count: 32)
    return ImageSet(
      pixels: (0..<100).flatMap { $0 % 2 == 0 ? bright + dark : dark + bright },
      labels: (0..<100).map { UInt8($0 % 2) }, size: (8, 8))
  }()

  private func training(epochs: Int = 2) -> NoiseTraining {
    NoiseTraining(sigma: 0.5, epochs: epochs)
  }

  private func weights(_ model: Sequential) -> [Tensor] {
    model.parameters.map(\.value)
  }

  @Test(
    arguments: [(0, 0.001), (1.0 / 3, 0.00075), (0.5, 0.0005), (1, 0)]
      as [(Double, Double)])
  func `the rate falls as half a cosine`(progress: Double, expected: Double) {
    let rate = training().learningRate(at: Float(progress))
    #expect(abs(Double(rate) - expected) < 1e-9)
  }

  @Test func `a training is this loop, to the bit`() throws {
    let untrained = Sample.smallNetwork(seed: 1)
    var model = untrained.withoutDropout
    var optimizer = Adam()
    var losses: [Double] = []
    // Two epochs of two batches, of 64 images and of 36.
    for step in 0..<4 {
      let batch = Array(
        halves.batches(of: 64, seed: 2, epoch: step / 2 + 1))[step % 2]
      let stepSeed = derivedSeed(2, .step, step)
      var noisyImages = batch.images
      for row in 0..<batch.count {
        var generator = SeededGenerator(
          seed: derivedSeed(stepSeed, .noise, row))
        noisyImages.replaceRow(
          row,
          with: batch.images.row(row).map { $0 + 0.5 * generator.normal() })
      }
      let gradients = model.parameterGradients(
        on: Batch(images: noisyImages, labels: batch.labels),
        mode: .training(seed: stepSeed))
      optimizer.learningRate =
        0.001 * (1 + cos(.pi * (Float(step) / 4))) / 2
      optimizer.update(&model, with: gradients)
      losses.append(gradients.loss)
    }
    let (trained, steps) = try training().run(
      on: halves, from: untrained, seed: 2)
    #expect(steps.map(\.loss) == losses)
    #expect(steps.map(\.count) == [64, 36, 64, 36])
    #expect(weights(trained) == weights(model))
  }

  @Test func `the first steps are those of the whole`() throws {
    let untrained = Sample.smallNetwork(seed: 3)
    let whole = try training().run(on: halves, from: untrained, seed: 4)
    var heard: [Int] = []
    let first = try training().run(
      on: halves, from: untrained, seed: 4, firstSteps: 3
    ) { epoch, steps in
      heard += [epoch, steps.count]
    }
    #expect(first.steps == Array(whole.steps.prefix(3)))
    #expect(heard == [1, 2, 2, 1])
    let other = try training().run(
      on: halves, from: untrained, seed: 5, firstSteps: 3)
    #expect(other.steps != first.steps)
  }

  @Test func `what is learned holds under noise`() throws {
    var quick = training(epochs: 30)
    quick.highestRate = 0.01
    let (model, steps) = try quick.run(
      on: halves, from: Sample.smallNetwork(seed: 6), seed: 7)
    let losses = steps.map(\.loss)
    let (first, last) = (losses.prefix(4), losses.suffix(4))
    #expect(last.reduce(0, +) < first.reduce(0, +) / 2)
    let batch = halves.first(100)
    let noisyImages = batch.images.withGaussianNoise(0.5, seed: 8)
    let accuracy = model.evaluate(on: noisyImages, labels: batch.labels)
      .accuracy
    #expect(accuracy.value > 0.9)
  }

  @Test func `as many passes as announced`() throws {
    let sum = PassSum()
    _ = try WorkReport.$observer.withValue(sum) {
      try training().run(
        on: halves, from: Sample.smallNetwork(seed: 9), seed: 10)
    }
    #expect(
      sum.passes.withLock { $0 } == training().passes(images: halves.count))
  }

  @Test func `numbers without end stop it`() {
    var wild = training()
    wild.highestRate = .greatestFiniteMagnitude
    expectSentence("is not a finite number at batch 2 of epoch 1") {
      _ = try wild.run(
        on: halves, from: Sample.smallNetwork(seed: 11), seed: 12)
    }
  }
}
