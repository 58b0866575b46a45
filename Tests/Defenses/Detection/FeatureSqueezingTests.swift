import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// Black or white; no gradient comes back through it.
private struct BlackOrWhite: Layer {
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Void) {
    (input.map { $0 < 0.5 ? 0 : 1 }, ())
  }

  func inputGradient(_ outputGradient: Tensor, cache: Void) -> Tensor {
    Tensor(shape: outputGradient.shape)
  }
}

/// Adds the same to every pixel: a squeezer whose slope is 1, so that to take
/// that for its slope is right.
private func shift(by amount: Float) -> Normalize {
  Normalize(mean: -amount, standardDeviation: 1)
}

@Suite struct FeatureSqueezingTests {
  @Test func `two probabilities by hand`() {
    // The logits are 0.5 and 0, and of the rounded image 1 and 0.
    let detector = FeatureSqueezing(
      of: ExerciseSamples.twoPixelClassifier([1, -1]), by: [BlackOrWhite()])
    let score = detector.scores(of: ExerciseSamples.pixels(0.9, 0.4))[0]
    func first(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    #expect(abs(score - 2 * (first(1) - first(0.5))) < 1e-6)
  }

  @Test func `an image that the squeezer leaves as it is has score 0`() {
    let detector = FeatureSqueezing(
      of: ExerciseSamples.twoPixelClassifier([1, -1]), by: [BlackOrWhite()])
    let (scores, gradient) = detector.scoreGradient(
      of: ExerciseSamples.pixels(1, 0, 0.7, 0.6))
    #expect(scores[0] == 0 && gradient.row(0).allSatisfy { $0 == 0 })
    #expect(scores[1] > 0 && gradient.row(1).contains { $0 != 0 })
  }

  @Test func `the largest change counts, image by image`() {
    let model = ExerciseSamples.network(seed: 3)
    let images = ExerciseSamples.images(20, seed: 4)
    let squeezers: [any Layer] = [
      BlackOrWhite(), shift(by: 0.2), shift(by: -0.3),
    ]
    let single = squeezers.map {
      FeatureSqueezing(of: model, by: [$0]).scores(of: images)
    }
    let all = FeatureSqueezing(of: model, by: squeezers).scores(of: images)
    for image in all.indices {
      #expect(all[image] == single.map { $0[image] }.max())
      #expect((0...2).contains(all[image]))
    }
  }

  @Test func `gradient by finite differences`() {
    let model = linearModel
    let shifts: [Float] = [0.2, -0.3]
    let detector = FeatureSqueezing(of: model, by: shifts.map { shift(by: $0) })
    let images = Sample.uniform([6, 2, 2, 1], seed: 5).map(abs)
    let (scores, gradient) = detector.scoreGradient(of: images)
    func exactScores(_ images: ExactTensor) -> [Double] {
      func probabilities(_ shift: Double) -> ExactTensor {
        Reference.softmax(
          Reference.linear(
            Reference.flatten(images.map { $0 + shift }),
            weight: ExactTensor(model.parameters[0].value),
            bias: ExactTensor(model.parameters[1].value)))
      }
      let plain = probabilities(0)
      let squeezed = shifts.map { probabilities(Double($0)) }
      return (0..<images.shape[0]).map { n in
        squeezed.map { squeezed in
          (0..<5).reduce(0.0) { $0 + abs(plain[n, $1] - squeezed[n, $1]) }
        }.max() ?? 0
      }
    }
    expectClose(scores, exactScores(ExactTensor(images)), relative: 1e-5)
    let differences = finiteDifferences(at: ExactTensor(images), step: 1e-6) {
      exactScores($0).reduce(0, +)
    }
    expectClose(gradient, differences, relative: 1e-4)
  }

  @Test func `the gradient passes the squeezer as if it changed nothing`() {
    let model = linearModel
    let image = Tensor(shape: [1, 2, 2, 1], scalars: [0.9, 0.2, 0.6, 0.3])
    let rounded = Tensor(shape: [1, 2, 2, 1], scalars: [1, 0, 1, 0])
    let gradient = FeatureSqueezing(of: model, by: [BlackOrWhite()])
      .scoreGradient(of: image).gradient
    // Both ends of the distance, each as a function of its own image.
    func score(_ image: ExactTensor, _ squeezed: ExactTensor) -> Double {
      let rows = [image, squeezed].map { image in
        Reference.softmax(
          Reference.linear(
            Reference.flatten(image),
            weight: ExactTensor(model.parameters[0].value),
            bias: ExactTensor(model.parameters[1].value)))
      }
      return (0..<5).reduce(0.0) {
        $0 + abs(rows[0][0, $1] - rows[1][0, $1])
      }
    }
    let (own, other) = (ExactTensor(image), ExactTensor(rounded))
    let slopes = [
      finiteDifferences(at: own, step: 1e-6) { score($0, other) },
      finiteDifferences(at: other, step: 1e-6) { score(own, $0) },
    ]
    expectClose(
      gradient,
      ExactTensor(
        shape: own.shape,
        scalars: zip(slopes[0].scalars, slopes[1].scalars).map(+)),
      relative: 1e-4)
  }

  @Test func `a model that is sure of both answers still has a slope`() {
    // Logits 70 and −60 before 0: both probabilities round to 1.
    let gradient = FeatureSqueezing(
      of: ExerciseSamples.twoPixelClassifier([100, 0]), by: [shift(by: -1.3)]
    ).scoreGradient(of: ExerciseSamples.pixels(0.7, 0.5)).gradient
    // The score is 2 (1 − e⁻⁷⁰ − e⁻⁶⁰), as far as a Double goes.
    let expected = 200 * (exp(-70.0) - exp(-60.0))
    #expect(abs(Double(gradient.scalars[0]) / expected - 1) < 1e-3)
    #expect(gradient.scalars[1] == 0)
  }

  @Test func `the same bits for any number of workers and any batch`() {
    let images = ExerciseSamples.images(40, seed: 6)
    let detector = FeatureSqueezing(
      of: ExerciseSamples.network(seed: 3),
      by: [BlackOrWhite(), shift(by: 0.1)])
    let results = [1, 3].map { workers in
      Workers.$count.withValue(workers) { detector.scoreGradient(of: images) }
    }
    #expect(results[0].scores == results[1].scores)
    #expect(results[0].gradient == results[1].gradient)
    #expect(results[0].scores == detector.scores(of: images))
    #expect(
      detector.scores(of: images.rows(17..<30))
        == Array(results[0].scores[17..<30]))
  }

  /// Five logits of four pixels.
  private var linearModel: Sequential {
    [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Sample.uniform([5, 4], seed: 1).map { 2 * $0 },
        bias: Sample.uniform([5], seed: 2)),
    ]
  }
}
