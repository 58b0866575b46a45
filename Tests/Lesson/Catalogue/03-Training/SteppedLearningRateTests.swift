import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct SteppedLearningRateTests {
  @Test func `right answers pass, however written`() throws {
    #expect(
      graded(.steppedLearningRate(steppedLearningRate)) == "solved")
    #expect(
      graded(
        .steppedLearningRate { initial, decay, every, epoch in
          var rate = initial
          for past in 1..<max(epoch, 2) where past % every == 0 && past < epoch
          {
            rate *= decay
          }
          return rate
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(
      graded(.steppedLearningRate { rate, _, _, _ in rate })
        == "refused")
    #expect(
      graded(.steppedLearningRate { _, _, _, _ in 0 }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
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

  // torch.optim.lr_scheduler.StepLR's own documentation: "lr = 0.05 if
  // epoch < 30, 0.005 if 30 <= epoch < 60, 0.0005 if 60 <= epoch < 90", with
  // lr 0.05, step_size 30, gamma 0.1 and epochs from 0.
  @Test(
    arguments: [
      (1, 0.05), (30, 0.05), (31, 0.005), (60, 0.005), (61, 0.0005),
      (90, 0.0005),
    ] as [(Int, Float)])
  func `the example of PyTorch's documentation comes out`(
    epoch: Int, rate: Float
  ) {
    let library = Exercise.steppedLearningRate(steppedLearningRate).library
    #expect(abs(library(0.05, 0.1, 30, epoch) / rate - 1) < 1e-6)
  }
}
