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
}
