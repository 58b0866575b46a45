import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct EpsilonExplorerTests {
  static let epsilons = (0...30).map { Epsilon.pixels(Float($0) / 100) }

  @Test func `the picture drawn from signs and epsilon is the attack's`() throws
  {
    let (explorer, batch, model) = try Self.shipped.get()
    for (step, epsilon) in Self.epsilons.enumerated() {
      for (course, attack) in Self.attacks(epsilon).enumerated() {
        let attacked = attack.perturb(
          batch.images, labels: batch.labels, against: model)
        for (index, digit) in explorer.digits.enumerated() {
          let pixels = attacked.rows(index..<index + 1).scalars
          let signs = digit.courses[course].signs
          for i in pixels.indices {
            // What explorer.js does before the canvas rounds to a level.
            let moved =
              Double(digit.levels[i]) + 255 * Double(explorer.epsilons[step])
              * Double(signs[i])
            let level = min(max(moved, 0), 255)
            guard abs(level - 255 * Double(pixels[i])) < 1e-4 else {
              Issue.record("\(attack), digit \(index), pixel \(i): \(level)")
              return
            }
          }
        }
      }
    }
  }

  @Test func `the probabilities are the model's for the attack's picture`()
    throws
  {
    let (explorer, batch, model) = try Self.shipped.get()
    for (step, epsilon) in Self.epsilons.enumerated() {
      for (course, attack) in Self.attacks(epsilon).enumerated() {
        let attacked = attack.perturb(
          batch.images, labels: batch.labels, against: model)
        for (index, digit) in explorer.digits.enumerated() {
          let logits = model(attacked.rows(index..<index + 1)).scalars
          let powers = logits.map { exp(Double($0)) }
          let shown = digit.courses[course].probabilities[step]
          for (share, power) in zip(shown, powers) {
            #expect(abs(Double(share) - power / powers.reduce(0, +)) < 1e-5)
          }
          #expect(abs(shown.reduce(0, +) - 1) < 1e-5)
        }
      }
    }
  }

  @Test func `the signs are those of the gradient and of every coin`() throws {
    let (explorer, batch, model) = try Self.shipped.get()
    let gradient = model.inputGradient(of: batch.images, labels: batch.labels)
    let signs = explorer.digits.flatMap { $0.courses[0].signs }
    #expect(signs == gradient.scalars.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
    let coins = explorer.digits.flatMap { $0.courses[1].signs }
    #expect(Set(coins) == [-1, 1])
    let heads = coins.count { $0 == 1 }
    #expect(abs(heads * 2 - coins.count) < 4 * 69)  // 4 · √4704
    let other = EpsilonExplorer(
      model, batch, epsilons: [.pixels(0.1)], seed: 6)
    #expect(
      other.digits[0].courses[1].signs != explorer.digits[0].courses[1].signs)
  }

  /// One pixel, class 0 if it is dark, class 1 if it is light.
  ///
  /// FGSM moves it up by ε, so a pixel of 0.4 is misread from ε = 0.11 on.
  @Test func `flips of a model that can be checked by hand`() {
    let threshold: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 1], scalars: [-10, 10]),
        bias: Tensor([5, -5])),
    ]
    let pixels: [Float] = [102, 51, 204, 0]  // 0.4, 0.2, 0.8, 0
    let explorer = EpsilonExplorer(
      threshold,
      Batch(
        images: Tensor(shape: [4, 1, 1, 1], scalars: pixels.map { $0 / 255 }),
        labels: [0, 0, 0, 0]),
      epsilons: Self.epsilons, seed: 5)
    let flips = explorer.flips
    #expect(flips.map(\.label) == [0, 0, 0, 0])
    #expect(flips.map(\.fgsm) == [0.11, nil, 0, nil])
    for (digit, flip) in zip(explorer.digits, flips).prefix(1) {
      // The coin goes FGSM's way or the other.
      #expect(digit.courses[0].signs == [1])
      #expect(flip.randomSigns == (digit.courses[1].signs == [1] ? 0.11 : nil))
    }
  }
}

extension EpsilonExplorerTests {
  static let shipped = Result { () -> (EpsilonExplorer, Batch, Sequential) in
    let victim = try Victim.shared.get()
    let batch = victim.batch[0..<6]
    let explorer = EpsilonExplorer(
      victim.model, batch, epsilons: epsilons, seed: 5)
    return (explorer, batch, victim.model)
  }

  /// In the order of the explorer's directions.
  static func attacks(_ epsilon: Epsilon) -> [any Attack] {
    [FGSM(epsilon: epsilon), RandomSigns(epsilon: epsilon, seed: 5)]
  }
}
