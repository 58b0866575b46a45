import Testing

@testable import Shared

@Suite struct SuccessTableTests {
  /// Each of three pixels is the logit of a class.
  private let identity: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
      bias: Tensor([0, 0, 0]))
  ]
  /// FGSM with ε = 0.125 changes the difference of two pixels by 0.25.
  private let batch = Batch(
    images: Tensor(
      shape: [4, 3],
      scalars: [
        0.6, 0.5, 0.2,
        0.6, 0.3, 0.4,
        0.5, 0.9, 0.7,
        0.6, 0.4, 0.7,
      ]), labels: [0, 0, 1, 1])
  private let attack = FGSM(epsilon: .pixels(0.125))

  @Test func `every target by hand`() {
    let table = SuccessTable(
      ofEveryTarget: attack, on: batch, against: identity, classes: 3)
    #expect(table.success(from: 0, to: 1) == Proportion(1, of: 2))
    #expect(table.success(from: 0, to: 2) == Proportion(1, of: 2))
    // Of the last, 0.6 + ε lies above 0.7 − ε.
    #expect(table.success(from: 1, to: 0) == Proportion(1, of: 2))
    #expect(table.success(from: 1, to: 2) == Proportion(2, of: 2))
    #expect(table.success(from: 2, to: 0) == nil)
    #expect(table.success(from: 0, to: 0) == nil)
    #expect(table.success(from: 0) == Proportion(2, of: 4))
    #expect(table.success(from: 1) == Proportion(3, of: 4))
    #expect(table.success(to: 2) == Proportion(3, of: 4))
    #expect(table.success(to: 1) == Proportion(1, of: 2))
    #expect(table.success() == Proportion(5, of: 8))
  }

  @Test func `without targets there are only classes`() {
    let table = SuccessTable([
      AttackRun(
        FGSM(epsilon: .pixels(0.0625)), on: batch, against: identity)
    ])
    // The first image, and the last, which is wrong from the start.
    #expect(table.success(from: 0) == Proportion(1, of: 2))
    #expect(table.success(from: 1) == Proportion(1, of: 2))
    #expect(table.success(to: 1) == nil)
    #expect(table.success() == Proportion(2, of: 4))
  }

  @Test func `runs are added up`() {
    let run = AttackRun(attack, on: batch, target: 2, against: identity)
    let table = SuccessTable([run, run])
    #expect(table.success(to: 2) == Proportion(6, of: 8))
    #expect(SuccessTable([]).success() == nil)
  }

  @Test func `a class that no image is of changes nothing`() {
    let only = batch[0..<2]
    let table = SuccessTable(
      ofEveryTarget: attack, on: only, against: identity, classes: 3)
    #expect(table.success(to: 0) == nil)
    #expect(table.success() == Proportion(2, of: 4))
  }
}
