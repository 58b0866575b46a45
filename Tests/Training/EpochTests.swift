import Foundation
import Testing

@testable import Shared

@Suite struct EpochTests {
  private let evaluation = Evaluation(
    predictions: [1, 2], labels: [1, 0], confidences: [1, 1], meanLoss: 0.5)

  private var epoch: Epoch {
    Epoch(
      3,
      batches: [
        BatchResult(correct: 1, count: 4, loss: 1),
        BatchResult(correct: 1, count: 1, loss: 6),
      ],
      validation: evaluation, trainingSeconds: 7)
  }

  @Test func `every image counts once`() {
    #expect(epoch.trainingAccuracy == Proportion(2, of: 5))
    #expect(epoch.trainingLoss == 2)
    #expect(epoch.trainingImages == 5)
    #expect(epoch.validationAccuracy == Proportion(1, of: 2))
  }

  @Test func `a file has shares, not batches`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(epoch), as: UTF8.self)
    #expect(
      text == #"{"epoch":3,"trainingAccuracy":0.4,"trainingImages":5,"#
        + #""trainingLoss":2,"#
        + #""trainingSeconds":7,"validationAccuracy":0.5,"#
        + #""validationLoss":0.5}"#)
  }
}
