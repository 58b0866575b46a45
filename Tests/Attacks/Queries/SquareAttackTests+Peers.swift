import Testing

@testable import Lesson
@testable import Shared

extension SquareAttackTests {
  @Test func `it leaves as much as a public one`() throws {
    let victim = try Victim.shared.get()
    let square = try AttackFixture.load().square
    let theirs = square.stillRight.map(\.count)
    var attack = SquareAttack(epsilon: .pixels(square.epsilon), queries: 1000)
    attack.schedule = 10_000
    let run = AttackRun(
      attack, on: victim.batch.prefix(40), against: victim.model)
    let (fewest, most) = (theirs.min() ?? 0, theirs.max() ?? 0)
    #expect((fewest - 1...most + 1).contains(run.accuracy.successes))
  }

  @Test func `what a public one breaks always, it breaks too`() throws {
    let victim = try Victim.shared.get()
    let square = try AttackFixture.load().square
    let broken = (0..<40).filter { row in
      square.stillRight.allSatisfy { !$0.contains(row) }
    }
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(square.epsilon), queries: 1000),
      on: Batch(
        images: victim.batch.images.rows(broken),
        labels: broken.map { victim.batch.labels[$0] }), against: victim.model)
    #expect(broken.count >= 3)
    #expect(run.success.successes == broken.count)
  }

  /// Images of 4 × 4 gray pixels, class 0.
  func gray(_ count: Int) -> Batch {
    Batch(
      images: Tensor(shape: [count, 4, 4, 1], repeating: 0.5),
      labels: Array(repeating: 0, count: count))
  }

  /// Class 0 if the tenth pixel is above the limit.
  func onePixelClassifier(limit: Float) -> Sequential {
    var weight = Tensor(shape: [2, 16])
    weight[0, 9] = 5
    return [
      "flatten": Flatten(),
      "scores": Linear(weight: weight, bias: Tensor([-5 * limit, 0])),
    ]
  }
}
