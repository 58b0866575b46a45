import Foundation
import Testing

@testable import Shared

@Suite struct IntervalEpochTests {
  private let epoch = IntervalEpoch(
    3, epsilon: .pixels(0.25), kappa: 0.5,
    batches: [
      BatchResult(correct: 4, count: 6, loss: 1),
      BatchResult(correct: 2, count: 2, loss: 3),
    ],
    validation: IntervalEpoch.Validation(
      clean: Proportion(3, of: 4), certified: Proportion(1, of: 4)),
    trainingSeconds: 2)

  @Test func `the loss is the mean over images`() {
    // (6 · 1 + 2 · 3) / 8
    #expect(epoch.trainingLoss == 1.5)
  }

  @Test func `the file holds shares, and no batches`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(epoch), as: UTF8.self)
    #expect(
      text == #"{"epoch":3,"epsilon":0.25,"kappa":0.5,"trainingLoss":1.5,"#
        + #""trainingSeconds":2,"validation":{"certified":0.25,"clean":0.75}}"#)
  }
}
