import Testing

@testable import Shared

@Suite struct StepScheduleTests {
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
    let schedule = StepSchedule(initial: 0.05, decay: 0.1, every: 30)
    #expect(abs(schedule.learningRate(inEpoch: epoch) / rate - 1) < 1e-6)
  }

  @Test func `a decay of one is a constant rate`() {
    let schedule = StepSchedule(initial: 0.001, decay: 1, every: 2)
    #expect((1...9).allSatisfy { schedule.learningRate(inEpoch: $0) == 0.001 })
  }
}
