import Testing

@testable import Lesson
@testable import Shared

@Suite struct PGDTests {
  @Test func `with its pieces written out it has the same bits`() throws {
    let victim = try Victim.shared.get()
    func perturbed(_ attack: PGD) -> Tensor {
      attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
    }
    let (epsilon, step) = (Epsilon.pixels(0.1), Epsilon.pixels(0.03))
    #expect(
      perturbed(
        PGD(
          epsilon: epsilon, stepSize: step, steps: 4, seed: 7,
          randomStart: { uniformNoise(around: $0, $1, seed: $2) },
          project: { moved, images, epsilon in
            moved.combined(with: images) {
              projected($0, around: $1, epsilon.pixels)
            }
          }))
        == perturbed(PGD(epsilon: epsilon, stepSize: step, steps: 4, seed: 7)))
  }

  @Test func `pieces written elsewhere keep the promise of an attack`() throws {
    let victim = try Victim.shared.get()
    for epsilon: Float in [0.003, 0.1, 0.3] {
      let attack = PGD(
        epsilon: .pixels(epsilon), stepSize: .pixels(0.03), steps: 3, seed: 3,
        randomStart: randomStart,
        project: { moved, images, epsilon in
          moved.combined(with: images) {
            projectedPixel($0, around: $1, epsilon: epsilon.pixels)
          }
        })
      let result = attack.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
      #expect(
        Epsilon.pixels(epsilon).isAllowed(result, from: victim.batch.images))
      #expect(result != victim.batch.images)
    }
  }

  @Test func `both pieces are used`() {
    let images = Tensor(shape: [1, 1, 2, 1], scalars: [0.25, 0.5])
    let elsewhere = Tensor(shape: [1, 1, 2, 1], scalars: [0.2, 0.55])
    let attack = PGD(
      epsilon: .pixels(0.1), stepSize: .pixels(0.05), steps: 3, seed: 1,
      randomStart: { _, _, _ in elsewhere }, project: { _, _, _ in elsewhere })
    #expect(
      attack.perturb(
        images, labels: [0],
        against: ExerciseSamples.twoPixelClassifier([1, -1])) == elsewhere)
  }

  @Test func `three steps by hand`() {
    // x₁ − x₂ for class 0: down with x₁, up with x₂, until the box ends.
    let images = Tensor(shape: [1, 1, 2, 1], scalars: [0.5, 0.98])
    let end = PGD(
      epsilon: .pixels(0.1), stepSize: .pixels(0.03), steps: 3, seed: nil
    ).perturb(
      images, labels: [0], against: ExerciseSamples.twoPixelClassifier([1, -1]))
    #expect(abs(end.scalars[0] - 0.41) < 1e-6)
    #expect(end.scalars[1] == 1)
  }
}
