import Testing

@testable import Lesson
@testable import Shared

extension FABTests {
  @Test func `the same bits for any number of workers`() throws {
    let victim = try Victim.shared.get()
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        FAB(steps: 2, restarts: 2).perturb(
          victim.batch.images, labels: victim.batch.labels,
          against: victim.model)
      }
    }
    let areEqual = results.allSatisfy { $0 == results[0] }
    #expect(areEqual)
  }

  @Test func `a flat model is left alone`() {
    let flat: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 2]), bias: Tensor([1, 0])),
    ]
    let image = ExerciseSamples.pixels(0.6, 0.2)
    #expect(FAB(steps: 2).perturb(image, labels: [0], against: flat) == image)
  }

  @Test func `what falls to AutoAttack's FAB falls to this one`() throws {
    let victim = try Victim.shared.get()
    let fixture = try AttackFixture.load().fabT
    let survivors = try #require(fixture.stillRight.first)
    let fallen = (0..<40).filter { !survivors.contains($0) }
    #expect(fallen.count == 20)
    let batch = Batch(
      images: victim.batch.images.rows(fallen),
      labels: fallen.map { victim.batch.labels[$0] })
    let run = AttackRun(
      EachTarget.fab(epsilon: .pixels(fixture.epsilon)), on: batch,
      against: victim.model)
    #expect(run.success.successes >= 19)
  }

  @Test func `settings that mean nothing are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = FAB(steps: 0) }
    expectMessage(of: result, contains: "at least one step, got 0")
  }

  func expectNear(
    _ values: [Float], _ expected: [Float], within tolerance: Float = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      values.count == expected.count
        && zip(values, expected).allSatisfy { abs($0 - $1) < tolerance },
      "\(values)", sourceLocation: sourceLocation)
  }
}
