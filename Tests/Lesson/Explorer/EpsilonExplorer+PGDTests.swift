import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct EpsilonExplorerPGDTests {
  /// The picture that the page holds for one digit at one stop.
  private func picture(
    _ explorer: EpsilonExplorer, _ digit: EpsilonExplorer.Digit, step: Int
  ) throws -> Tensor {
    let course = try #require(explorer.course(.pgd, of: digit))
    #expect(course.signs == nil)
    let levels = try #require(course.pictures)[step].numbers
    return Tensor(
      shape: [1, explorer.height, explorer.width, 1],
      scalars: levels.map { Float($0) / 255 })
  }

  @Test
  func `every picture is in its box to the last bit, and judged as it is`()
    throws
  {
    let (explorer, batch, model) = try EpsilonExplorerTests.shipped.get()
    for (step, epsilon) in EpsilonExplorerTests.epsilons.enumerated() {
      for (index, digit) in explorer.digits.enumerated() {
        let shown = try picture(explorer, digit, step: step)
        let clean = batch.images.rows(index..<index + 1)
        #expect(epsilon.isAllowed(shown, from: clean), "digit \(index)")
        #expect((shown == clean) == (step == 0))
        let course = try #require(explorer.course(.pgd, of: digit))
        EpsilonExplorerTests.expectJudged(
          shown, by: model, as: course.probabilities[step].numbers)
      }
    }
  }

  @Test func `it is PGD's picture, less than a level nearer to the image`()
    throws
  {
    let (explorer, batch, model) = try EpsilonExplorerTests.shipped.get()
    let step = 20
    let epsilon = EpsilonExplorerTests.epsilons[step]
    let attacked = PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8), steps: 3, seed: 5
    ).perturb(batch.images, labels: batch.labels, against: model)
    for (index, digit) in explorer.digits.enumerated() {
      let shown = try picture(explorer, digit, step: step).scalars
      let pixels = Array(zip(batch.images.row(index), attacked.row(index)))
      for (new, (old, moved)) in zip(shown, pixels) {
        let isBetween = min(old, moved) - 1e-6...max(old, moved) + 1e-6 ~= new
        // A level, and a hair for rounding.
        guard isBetween, abs(new - moved) < 1 / 254 else {
          Issue.record("digit \(index): \(moved) became \(new)")
          return
        }
      }
    }
  }

  @Test func `a pixel moves on to the next whole level on its way back`() {
    func level(_ moved: Float, from original: Float, _ epsilon: Float) -> Float
    {
      wholeLevel(
        moved / 255, toward: original / 255, within: .pixels(epsilon)) * 255
    }
    #expect(abs(level(70.5, from: 51, 0.1) - 70) < 1e-4)
    #expect(abs(level(30.5, from: 51, 0.1) - 31) < 1e-4)
    #expect(abs(level(51, from: 51, 0) - 51) < 1e-4)
    for original in 0...255 {
      for hundredths in 0...30 {
        let epsilon = Epsilon.pixels(Float(hundredths) / 100)
        let old = Float(original) / 255
        for moved in [old - epsilon.pixels, old + epsilon.pixels] {
          let new = wholeLevel(
            min(max(moved, 0), 1), toward: old, within: epsilon)
          guard abs(Double(new) - Double(old)) <= Double(epsilon.pixels),
            (0...1).contains(new), new == Float(grayLevel(new)) / 255
          else {
            Issue.record("\(original) at ε = \(epsilon.pixels): \(new)")
            return
          }
        }
      }
    }
  }
}
