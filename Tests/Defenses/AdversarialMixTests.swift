import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct AdversarialMixTests {
  private let clean = Batch(
    images: Tensor(shape: [4, 1, 1, 1], scalars: [0.1, 0.2, 0.3, 0.4]),
    labels: [3, 1, 2, 0])
  private let attacked = Tensor(
    shape: [4, 1, 1, 1], scalars: [0.9, 0.8, 0.7, 0.6])

  @Test(
    arguments: [
      (0, [0.1, 0.2, 0.3, 0.4]), (0.25, [0.1, 0.2, 0.3, 0.6]),
      (0.5, [0.1, 0.2, 0.7, 0.6]), (0.6, [0.1, 0.2, 0.7, 0.6]),
      (0.7, [0.1, 0.8, 0.7, 0.6]), (1, [0.9, 0.8, 0.7, 0.6]),
    ] as [(Float, [Float])])
  func `the last images are replaced`(share: Float, expected: [Float]) {
    let mix = AdversarialMix.batch(
      clean: clean, attacked: attacked, share: share)
    #expect(mix.images.scalars == expected)
    #expect(mix.images.shape == [4, 1, 1, 1])
    #expect(mix.labels == [3, 1, 2, 0])
  }

  @Test func `gradients by finite differences of the mean loss`() throws {
    let model = ExerciseSamples.twoPixelClassifier([0.7, -0.4])
    let batch = Batch(
      images: ExerciseSamples.pixels(0.5, 0.2, 0.3, 0.9, 0.6, 0.6, 0.1, 0.4),
      labels: [0, 1, 1, 0])
    let gradients = AdversarialMix.gradients(
      of: model, on: batch, attack: FGSM(epsilon: .pixels(0.1)), share: 0.5
    ).parameters
    // FGSM by hand: class 1 wants x₁ up and x₂ down, class 0 the opposite.
    let mix: [[Double]] = [[0.5, 0.2], [0.3, 0.9], [0.7, 0.5], [0, 0.5]]
    let labels = [0, 1, 1, 0]
    func loss(_ weights: ExactTensor) -> Double {
      zip(mix, labels).reduce(0) { total, image in
        let w = weights.scalars
        let scores = [
          w[0] * image.0[0] + w[1] * image.0[1],
          w[2] * image.0[0] + w[3] * image.0[1],
        ]
        return total + log(exp(scores[0]) + exp(scores[1]))
          - scores[image.1]
      } / 4
    }
    let differences = finiteDifferences(
      at: ExactTensor(shape: [2, 2], scalars: [0.7, -0.4, 0, 0]), of: loss)
    #expect(gradients.count == 2)
    expectClose(gradients[0], differences, relative: 1e-4)
  }

  @Test func `share 0 is ordinary training, share 1 attacks all`() throws {
    let model = ExerciseSamples.network(seed: 4)
    let batch = ExerciseSamples.batch(9, seed: 5, for: model)
    let attack = FGSM(epsilon: .pixels(0.1))
    func gradients(_ images: Tensor) -> [Tensor] {
      model.parameterGradients(
        on: Batch(images: images, labels: batch.labels), mode: .inference
      ).parameters
    }
    func mixed(_ share: Float) -> [Tensor] {
      AdversarialMix.gradients(
        of: model, on: batch, attack: attack, share: share
      ).parameters
    }
    let attacked = attack.perturb(
      batch.images, labels: batch.labels, against: model)
    #expect(mixed(0) == gradients(batch.images))
    #expect(mixed(1) == gradients(attacked))
  }
}
