import Foundation
import Testing

@testable import Shared

@Suite struct SteppedLearningRateExerciseTests {
  @Test func `right answers pass, however written`() throws {
    #expect(try graded(.steppedLearningRate(steppedLearningRate)) == "solved")
    #expect(
      try graded(
        .steppedLearningRate { initial, decay, every, epoch in
          var rate = initial
          for past in 1..<max(epoch, 2) where past % every == 0 && past < epoch
          {
            rate *= decay
          }
          return rate
        }) == "solved")
  }

  @Test func `no answer and trivial answers`() throws {
    #expect(
      try graded(.steppedLearningRate { _, _, _, _ in throw Unsolved() })
        == "unsolved")
    #expect(
      try graded(.steppedLearningRate { rate, _, _, _ in rate }) == "refused")
    #expect(try graded(.steppedLearningRate { _, _, _, _ in 0 }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    try expectDiagnoses([
      "off-by-one epoch": .steppedLearningRate { initial, decay, every, epoch in
        initial * pow(decay, Float(epoch / every))
      },
      "decay in every epoch": .steppedLearningRate { initial, decay, _, epoch in
        var rate = initial
        for _ in 1..<max(epoch, 1) { rate *= decay }
        return rate
      },
      "only one step down": .steppedLearningRate {
        initial, decay, every, epoch in
        if epoch > every { return initial * decay }
        return initial
      },
      "smooth decay": .steppedLearningRate { initial, decay, every, epoch in
        initial * pow(decay, Float(epoch - 1) / Float(every))
      },
      "multiplied by the number of steps": .steppedLearningRate {
        initial, decay, every, epoch in
        let steps = (epoch - 1) / every
        return steps > 0 ? initial * decay * Float(steps) : initial
      },
    ])
  }
}
