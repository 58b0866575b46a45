import Testing

@testable import Lesson
@testable import Shared

@Suite struct LinearBoundsInvariantsTests {
  @Test func `a broken rule is shown where it is broken`() {
    // The worked example, whose bounds are 0.3...0.9 and 0.2...1.2.
    #expect(
      difference([0.3, 0.25], [0.9, 1.2])
        == Difference(
          place: "lower[0, 1]",
          expected: "0.2, which a corner of the box gives", actual: "0.25"))
    #expect(
      difference([0.3, 0.2], [0.9, 1.1])
        == Difference(
          place: "upper[0, 1]",
          expected: "1.2, which a corner of the box gives", actual: "1.1"))
    #expect(
      difference([0.2, 0.2], [0.9, 1.2])
        == Difference(
          place: "lower[0, 0]",
          expected: "0.3, as far as any corner of the box goes", actual: "0.2"))
    #expect(
      difference([0.3, 0.2], [0.95, 1.2])
        == Difference(
          place: "upper[0, 0]",
          expected: "0.9, as far as any corner of the box goes", actual: "0.95"
        ))
  }

  @Test func `bounds that are off by rounding break no rule`() {
    #expect(difference([0.30001, 0.19999], [0.90001, 1.19999]) == nil)
  }

  /// What is wrong with that answer to the worked example; the other questions
  /// are answered rightly.
  private func difference(_ lower: [Float], _ upper: [Float]) -> Difference? {
    let verdict = Exercise.bounds { asked in
      guard asked.weight.shape == [2, 2] else { return asked.solved }
      return (
        Tensor(shape: [1, 2], scalars: lower),
        Tensor(shape: [1, 2], scalars: upper)
      )
    }.verdict()
    guard case .refused(let refusal) = verdict else { return nil }
    return refusal.difference
  }
}
