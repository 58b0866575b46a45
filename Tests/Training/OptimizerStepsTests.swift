import Testing

@testable import Shared

/// The plain functions against the optimizers that training uses, which are
/// tested against PyTorch.
@Suite struct OptimizerStepsTests {
  private let start: Sequential = [
    "fc": Linear(
      weight: Sample.uniform([3, 4], seed: 1),
      bias: Sample.uniform([3], seed: 2))
  ]

  private func expectSame(
    _ left: some Optimizer, _ right: some Optimizer,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var (one, two) = (start, start)
    var (left, right) = (left, right)
    for step in 0..<12 {
      let gradients = [
        Sample.uniform([3, 4], seed: UInt64(10 + step)),
        Sample.uniform([3], seed: UInt64(40 + step)),
      ]
      left.update(&one, with: gradients)
      right.update(&two, with: gradients)
    }
    for (a, b) in zip(one.parameters, two.parameters) {
      let difference = (a.value - b.value).maximumMagnitude
      #expect(difference < 2e-6, sourceLocation: sourceLocation)
    }
  }

  @Test func `momentum is SGD's`() {
    expectSame(
      SGD(learningRate: 0.1, momentum: 0.9),
      ParameterwiseOptimizer(
        learningRate: 0.1, initial: { [Float](repeating: 0, count: $0) }
      ) {
        let result = OptimizerSteps.momentum(
          parameters: $0, gradients: $1, velocities: $2, learningRate: $3,
          momentum: 0.9)
        return (result.parameters, result.velocities)
      })
  }

  @Test func `Adam is Adam's`() {
    expectSame(
      Adam(learningRate: 0.05),
      ParameterwiseOptimizer(
        learningRate: 0.05, initial: AdamState.init(count:)
      ) {
        let result = OptimizerSteps.adam(
          parameters: $0, gradients: $1, state: $2, learningRate: $3)
        return (result.parameters, result.state)
      })
  }

  @Test func `AdamW is AdamW's`() {
    expectSame(
      AdamW(learningRate: 0.05, weightDecay: 0.2),
      ParameterwiseOptimizer(
        learningRate: 0.05, initial: AdamState.init(count:)
      ) {
        let result = OptimizerSteps.adamW(
          parameters: $0, gradients: $1, state: $2, learningRate: $3,
          weightDecay: 0.2)
        return (result.parameters, result.state)
      })
  }
}
