import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct RobustnessPointTests {
  @Test func `counts what is left, wrong from the start included`() throws {
    let victim = try Victim.shared.get()
    var labels = victim.batch.labels
    labels[0] = (labels[0] + 1) % 10  // one image the model cannot get right
    let batch = Batch(images: victim.batch.images, labels: labels)
    let left = victim.model.accuracy(
      under: FGSM(epsilon: .pixels(0)), on: batch)
    let clean = victim.model.evaluate(on: batch.images, labels: labels)
    #expect(left == clean.accuracy)
    #expect(left.value < 1)
    #expect(left.total == 60)
  }

  @Test func `each point of a curve starts from clean images`() throws {
    // Leads of 0.8, 0.3 and 0.1; FGSM takes 2ε of each.
    let model = ExerciseSamples.twoPixelClassifier([1, -1])
    let batch = Batch(
      images: ExerciseSamples.pixels(0.9, 0.1, 0.6, 0.3, 0.5, 0.4),
      labels: [0, 0, 0])
    let epsilons = [0, 0.1, 0.14].map(Epsilon.pixels)
    let curve = model.curve(
      under: { FGSM(epsilon: $0) }, on: batch, epsilons: epsilons)
    #expect(curve.map(\.epsilon) == epsilons)
    #expect(curve.map(\.accuracy.successes) == [3, 2, 2])
    #expect(curve.map(\.accuracy.total) == [3, 3, 3])
  }

  @Test func `files of earlier runs can be read`() throws {
    let text = #"{"accuracy":0.8717,"epsilon":0.1,"images":10000}"#
    let point = try JSONDecoder().decode(
      RobustnessPoint.self, from: Data(text.utf8))
    #expect(point.epsilon == .pixels(0.1))
    #expect(point.accuracy == Proportion(8717, of: 10_000))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let again = try encoder.encode(point)
    // ε is a 32-bit number.
    #expect(
      String(decoding: again, as: UTF8.self)
        == #"{"accuracy":0.8717,"epsilon":0.1,"images":10000}"#)
  }

  @Test(arguments: [
    #"{"accuracy":1.5,"epsilon":0.1,"images":10}"#,
    #"{"accuracy":0.5,"epsilon":2,"images":10}"#,
    #"{"accuracy":0.5,"epsilon":0.1,"images":0}"#,
    #"{"accuracy":0.5,"epsilon":0.1,"images":9e15}"#,
  ])
  func `an impossible point is refused, not trapped on`(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RobustnessPoint.self, from: Data(text.utf8))
    }
  }
}
