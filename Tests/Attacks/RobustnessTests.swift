import Testing

@testable import Shared

@Suite struct RobustnessTests {
  @Test func `counts what is left, wrong from the start included`() throws {
    let victim = try Victim.shared.get()
    var labels = victim.batch.labels
    labels[0] = (labels[0] + 1) % 10  // one image the model cannot get right
    let batch = Batch(images: victim.batch.images, labels: labels)
    let row = victim.model.accuracy(
      under: FGSM(epsilon: .pixels(0)), on: batch)
    let clean = victim.model.evaluate(on: batch.images, labels: labels)
    #expect(row.accuracy == clean.accuracy.value)
    #expect(row.accuracy < 1)
    #expect(row.images == 60)
    #expect(row.proportion == clean.accuracy)
  }

  @Test func `one curve an attack, each point from clean images`() throws {
    // Leads of 0.8, 0.3 and 0.1; FGSM takes 2ε of each.
    let model = ExerciseSamples.twoPixelClassifier([1, -1])
    let batch = Batch(
      images: ExerciseSamples.pixels(0.9, 0.1, 0.6, 0.3, 0.5, 0.4),
      labels: [0, 0, 0])
    let epsilons = [0, 0.1, 0.14].map(Epsilon.pixels)
    let attacks: [@Sendable (Epsilon) -> any Attack] = [
      { FGSM(epsilon: $0) }, { RandomSigns(epsilon: $0, seed: 1) },
    ]
    let curves = model.curves(under: attacks, on: batch, epsilons: epsilons)
    #expect(curves[0].map(\.epsilon) == [0, 0.1, 0.14])
    #expect(curves[0].map(\.accuracy) == [1, 2.0 / 3, 2.0 / 3])
    #expect(curves[0].map(\.images) == [3, 3, 3])
    #expect(
      curves[1]
        == epsilons.map {
          model.accuracy(under: RandomSigns(epsilon: $0, seed: 1), on: batch)
        })
    #expect(
      try Sequential.measureCurves(model, batch, epsilons, attacks) == curves)
  }
}
