import Foundation
import Testing

@testable import Shared

@Suite struct NoisyMeanTests {
  private let weight = Sample.uniform([3, 4], seed: 1)
  private let bias = Sample.uniform([3], seed: 2)

  /// A linear classifier of four pixels and three classes, its logits scaled.
  private func smoothing(sigma: Float, scale: Float = 1)
    -> RandomizedSmoothing
  {
    RandomizedSmoothing(
      [
        "flatten": Flatten(),
        "scores": Linear(weight: weight * scale, bias: bias * scale),
      ], sigma: sigma)
  }

  /// The logarithm of the mean probabilities, draw by draw and in `Double`.
  private func slowMean(
    _ images: ExactTensor, sigma: Float, draws: Int, seed: UInt64
  ) -> ExactTensor {
    var mean = ExactTensor(zeros: [images.shape[0], 3])
    for draw in 0..<draws {
      let noise = noisy(
        [0, 0, 0, 0], sigma, seed: derivedSeed(seed, .noise, draw))
      for row in 0..<images.shape[0] {
        let exponentials = (0..<3).map { c in
          let logit = (0..<4).reduce(Double(bias.scalars[c])) { sum, i in
            sum + Double(weight[c, i])
              * (images.scalars[row * 4 + i] + Double(noise[i]))
          }
          return exp(logit)
        }
        let total = exponentials.reduce(0, +)
        for c in 0..<3 {
          mean[row, c] += exponentials[c] / total / Double(draws)
        }
      }
    }
    return mean.map { log($0) }
  }

  @Test func `logits and gradient are those of the slow mean`() {
    let images = Sample.uniform([2, 2, 2, 1], seed: 3)
    let weights = Sample.uniform([2, 3], seed: 4)
    let model = smoothing(sigma: 0.7).averaged(over: 5, seed: 6)
    let (output, cache) = model.forward(images, mode: .inference)
    func slow(_ images: ExactTensor) -> ExactTensor {
      slowMean(images, sigma: 0.7, draws: 5, seed: 6)
    }
    expectClose(output, slow(ExactTensor(images)), relative: 1e-5)
    let differences = finiteDifferences(at: ExactTensor(images)) {
      slow($0).dot(ExactTensor(weights))
    }
    expectClose(
      model.inputGradient(weights, cache: cache), differences, relative: 1e-4)
  }

  @Test func `with hardly any noise it is the network itself`() {
    let images = Sample.uniform([3, 2, 2, 1], seed: 5)
    let still = smoothing(sigma: 1e-7)
    let mean = still.averaged(over: 3)
    let probabilities = softmax(still.model(images))
    #expect(
      zip(softmax(mean(images)).scalars, probabilities.scalars)
        .allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(mean.outputShape(for: [2, 2, 1]) == [3])
    #expect(mean.multiplyAdds(for: [2, 2, 1]) == 3 * 12)
  }

  @Test func `certain networks have finite logits and a slope`() {
    let images = Sample.uniform([6, 2, 2, 1], seed: 7)
    let model = smoothing(sigma: 0.5, scale: 3000).averaged(over: 4)
    let logits = model(images)
    #expect(logits.scalars.allSatisfy { $0.isFinite })
    #expect(logits.scalars.contains { $0 < -150 })
    // Of the class that is the least probable: there p rounds to 0.
    let labels = logits.allRows.map { row in
      row.indices.reduce(0) { row[$1] < row[$0] ? $1 : $0 }
    }
    let gradient = model.inputGradient(of: images, labels: labels)
    #expect(gradient.scalars.allSatisfy { $0.isFinite })
    #expect(gradient.allRows.allSatisfy { $0.contains { $0 != 0 } })
  }

  @Test func `an attack crosses the line, and never inside the radius`() {
    let distances = [0.2, 0.25, -0.2, -0.25]
    let images = SmoothingSamples.images(at: distances)
    let labels = [0, 0, 1, 1]
    let smoothing = RandomizedSmoothing(
      SmoothingSamples.model, sigma: 0.25, estimationCount: 4000, seed: 8)
    let model = smoothing.averaged(over: 16, seed: 9)
    func answers(radius: Float) -> [Int?] {
      let attack = PGD(
        radius: radius, stepLength: radius / 3, steps: 6, seed: nil)
      return smoothing.predict(
        attack.perturb(images, labels: labels, against: model))
    }
    #expect(answers(radius: 0.35) == [1, 1, 0, 0])
    let certified = smoothing.certify(images).map { $0.radius ?? 0 }
    let shortest = certified.min() ?? 0
    #expect(shortest > 0.1)
    let wrong = zip(answers(radius: Float(shortest)), labels)
      .count { $0 == 1 - $1 }
    #expect(wrong == 0)
  }
}
