import Testing

@testable import Shared

@Suite struct StepwisePGDTests {
  @Test(arguments: [nil, 0, 7] as [UInt64?])
  func `with the library's pieces it has the bits of PGD`(seed: UInt64?) throws
  {
    let victim = try Victim.shared.get()
    let (epsilon, step) = (Epsilon.pixels(0.1), Epsilon.pixels(0.03))
    let images = victim.batch.images
    let labels = victim.batch.labels
    #expect(
      StepwisePGD(epsilon: epsilon, stepSize: step, steps: 4, seed: seed)
        .perturb(images, labels: labels, against: victim.model)
        == PGD(epsilon: epsilon, stepSize: step, steps: 4, seed: seed)
        .perturb(images, labels: labels, against: victim.model))
  }

  @Test func `pieces written elsewhere keep the promise of an attack`() throws {
    let victim = try Victim.shared.get()
    for epsilon: Float in [0.003, 0.1, 0.3] {
      let attack = StepwisePGD(
        epsilon: .pixels(epsilon), stepSize: .pixels(0.03), steps: 3, seed: 3,
        start: randomStart, ascend: ascend)
      let result = attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
      #expect(attack.epsilon.isAllowed(result, from: victim.batch.images))
      #expect(result != victim.batch.images)
    }
  }

  @Test func `the way back into the box is used in start and walk`() throws {
    let nowhere: StepwisePGD.Projection = {
      (_: Float, pixel: Float, _: Float) throws(Unsolved) -> Float in pixel
    }
    let images = Tensor(shape: [1, 1, 2, 1], scalars: [0.25, 0.5])
    let start = try StepwisePGD.drawing(with: nowhere)(images, 0.1, 1)
    #expect(start == images)
    let model = ExerciseSamples.twoPixelClassifier([1, -1])
    let end = try StepwisePGD.climbing(with: nowhere)(
      images, images, [0], model, 0.1, 0.05, 3)
    #expect(end == images)
  }

  @Test func `a walk by hand`() throws {
    // x₁ − x₂ for class 0: down with x₁, up with x₂, until the box ends.
    let images = Tensor(shape: [1, 1, 2, 1], scalars: [0.5, 0.98])
    let end = try StepwisePGD.climbing()(
      images, images, [0], ExerciseSamples.twoPixelClassifier([1, -1]), 0.1,
      0.03, 3)
    #expect(abs(end.scalars[0] - 0.41) < 1e-6)
    #expect(end.scalars[1] == 1)
  }
}
