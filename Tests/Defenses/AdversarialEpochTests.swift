import Foundation
import Testing

@testable import Shared

@Suite struct AdversarialEpochTests {
  private func epoch(_ validation: AdversarialEpoch.Validation?)
    -> AdversarialEpoch
  {
    AdversarialEpoch(
      3,
      batches: [
        BatchResult(correct: 1, count: 4, loss: 1),
        BatchResult(correct: 1, count: 1, loss: 6),
      ],
      validation: validation, trainingSeconds: 7)
  }

  private func text(_ epoch: AdversarialEpoch) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(epoch), as: UTF8.self)
  }

  @Test func `every image counts once in the mean loss`() {
    #expect(epoch(nil).trainingLoss == 2)
  }

  @Test func `a file has shares, not batches`() throws {
    let validation = AdversarialEpoch.Validation(
      clean: Proportion(3, of: 4), fgsm: Proportion(2, of: 4),
      pgd: Proportion(0, of: 4))
    #expect(
      try text(epoch(validation))
        == #"{"epoch":3,"trainingLoss":2,"trainingSeconds":7,"#
        + #""validation":{"clean":0.75,"fgsm":0.5,"pgd":0}}"#)
    #expect(
      try text(epoch(nil))
        == #"{"epoch":3,"trainingLoss":2,"trainingSeconds":7}"#)
  }
}
