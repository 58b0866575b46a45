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
      for (direction, attacked) in Self.attacked(
        epsilon, explorer, batch, model)
      {
        for (index, digit) in explorer.digits.enumerated() {
          let pixels = attacked.rows(index..<index + 1).scalars
          let course = try #require(explorer.course(direction, of: digit))
          let signs = try #require(course.signs).numbers
          #expect(course.pictures == nil)
          for i in pixels.indices {
            // What explorer.js does before the canvas rounds to a level.
            let moved =
              Double(digit.levels.numbers[i])
              + 255 * Double(explorer.epsilons[step]) * Double(signs[i])
            let level = min(max(moved, 0), 255)
            guard abs(level - 255 * Double(pixels[i])) < 1e-4 else {
              Issue.record("\(direction), digit \(index), pixel \(i): \(level)")
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
      for (direction, attacked) in Self.attacked(
        epsilon, explorer, batch, model)
      {
        for (index, digit) in explorer.digits.enumerated() {
          let course = try #require(explorer.course(direction, of: digit))
          Self.expectJudged(
            attacked.rows(index..<index + 1), by: model,
            as: course.probabilities[step].numbers)
        }
      }
    }
  }

  @Test func `the signs are those of the gradient and of every coin`() throws {
    let (explorer, batch, model) = try Self.shipped.get()
    let gradient = model.inputGradient(of: batch.images, labels: batch.labels)
    #expect(
      Self.signs(explorer, .fgsm)
        == gradient.scalars.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
    let coins = Self.signs(explorer, .randomSigns)
    #expect(Set(coins) == [-1, 1])
    let heads = coins.count { $0 == 1 }
    #expect(abs(heads * 2 - coins.count) < 4 * 69)  // 4 · √4704
    let other = EpsilonExplorer(
      model, batch, epsilons: [.pixels(0.1)], steps: 1, seed: 6)
    #expect(Self.signs(other, .randomSigns) != coins)
  }

  @Test func `the target is the most probable class but the label`() throws {
    let (explorer, batch, model) = try Self.shipped.get()
    let logits = model.logits(of: batch.images)
    for (index, digit) in explorer.digits.enumerated() {
      let row = Array(logits.row(index))
      let order = row.indices.sorted { row[$0] > row[$1] }
      #expect(digit.target == order.first { $0 != digit.label })
    }
    // Misread images, too: the label of each is now its second class.
    let misread = Batch(
      images: batch.images, labels: explorer.digits.map(\.target))
    let again = EpsilonExplorer(
      model, misread, epsilons: [.pixels(0)], steps: 1, seed: 5)
    #expect(again.digits.map(\.target) == explorer.digits.map(\.label))
  }

  /// One pixel, class 0 if it is dark, class 1 if it is light.
  ///
  /// FGSM moves it up by ε, so a pixel of 0.4 is misread from ε = 0.11 on. PGD
  /// gets there from any start, 20 · ε/8 being more than 2ε; and of two classes
  /// the wrong one is the target.
  @Test func `flips of a model that can be checked by hand`() {
    let pixels: [Float] = [102, 51, 204, 0]  // 0.4, 0.2, 0.8, 0
    let explorer = EpsilonExplorer(
      Self.threshold,
      Batch(
        images: Tensor(shape: [4, 1, 1, 1], scalars: pixels.map { $0 / 255 }),
        labels: [0, 0, 0, 0]),
      epsilons: Self.epsilons, seed: 5)
    let flips = explorer.flips
    #expect(flips.map(\.label) == [0, 0, 0, 0])
    #expect(flips.map(\.target) == [1, 1, 1, 1])
    #expect(flips.map(\.fgsm) == [0.11, nil, 0, nil])
    #expect(flips.map(\.pgd) == [0.11, nil, 0, nil])
    #expect(flips.map(\.toward) == [0.11, nil, 0, nil])
    #expect(Self.signs(explorer, .fgsm) == [1, 1, 1, 1])
    // The coin goes FGSM's way or the other.
    let isUp = Self.signs(explorer, .randomSigns)[0] == 1
    #expect(flips[0].randomSigns == (isUp ? 0.11 : nil))
  }
}

extension EpsilonExplorerTests {
  static let shipped = Result { () -> (EpsilonExplorer, Batch, Sequential) in
    let victim = try Victim.shared.get()
    let batch = victim.batch[0..<6]
    let explorer = EpsilonExplorer(
      victim.model, batch, epsilons: epsilons, steps: 3, seed: 5)
    return (explorer, batch, victim.model)
  }

  /// Two classes with probabilities 1/2 at 0.5; a dark pixel is class 0.
  static let threshold: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [2, 1], scalars: [-10, 10]),
      bias: Tensor([5, -5])),
  ]

  /// What the library's attacks make of the images, for each direction that has
  /// signs.
  static func attacked(
    _ epsilon: Epsilon, _ explorer: EpsilonExplorer, _ batch: Batch,
    _ model: Sequential
  ) -> [(direction: EpsilonExplorer.Direction, images: Tensor)] {
    let fgsm = FGSM(epsilon: epsilon)
    let noise = RandomSigns(epsilon: epsilon, seed: 5)
    let goals = explorer.digits.map { digit in
      Goal.reach(digit.target, from: digit.label)
    }
    return [
      (
        .fgsm,
        fgsm.perturb(batch.images, labels: batch.labels, against: model)
      ),
      (.toward, fgsm.perturb(batch.images, goals: goals, against: model)),
      (
        .randomSigns,
        noise.perturb(batch.images, labels: batch.labels, against: model)
      ),
    ]
  }

  /// All digits' signs, one after the other.
  static func signs(
    _ explorer: EpsilonExplorer, _ direction: EpsilonExplorer.Direction
  ) -> [Int8] {
    explorer.digits.flatMap {
      explorer.course(direction, of: $0)?.signs?.numbers ?? []
    }
  }

  /// Expects one image's probabilities, computed in another way.
  static func expectJudged(
    _ image: Tensor, by model: Sequential, as probabilities: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let powers = model(image).scalars.map { exp(Double($0)) }
    #expect(
      probabilities.count == powers.count, sourceLocation: sourceLocation)
    for (share, power) in zip(probabilities, powers) {
      #expect(
        abs(Double(share) - power / powers.reduce(0, +)) < 1e-5,
        sourceLocation: sourceLocation)
    }
  }
}
