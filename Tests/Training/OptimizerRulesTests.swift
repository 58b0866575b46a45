import Testing

@testable import Shared

/// The plain rules against the optimizers that training uses, which are tested
/// against PyTorch.
@Suite struct OptimizerRulesTests {
  private let start: Sequential = [
    "fc": Linear(
      weight: Sample.uniform([3, 41], seed: 1),
      bias: Sample.uniform([3], seed: 2))
  ]

  /// The largest difference of any parameter after twelve steps.
  private func difference(_ left: any Optimizer, _ right: any Optimizer)
    -> Float
  {
    var (one, two) = (start, start)
    var (left, right) = (left, right)
    for step in 0..<12 {
      let gradients = [
        Sample.uniform([3, 41], seed: UInt64(10 + step)),
        Sample.uniform([3], seed: UInt64(40 + step)),
      ]
      left.update(&one, with: gradients)
      right.update(&two, with: gradients)
    }
    return zip(one.parameters, two.parameters).reduce(0) {
      max($0, ($1.0.value - $1.1.value).maximumMagnitude)
    }
  }

  @Test func `Adam's kernel does what its rule says`() {
    #expect(
      difference(
        Adam(learningRate: 0.01), Adam(learningRate: 0.01, rule: Adam.step))
        < 1e-6)
  }

  @Test func `AdamW's kernel does what its rule says`() {
    #expect(
      difference(
        AdamW(learningRate: 0.01, weightDecay: 0.2),
        AdamW(learningRate: 0.01, weightDecay: 0.2, rule: AdamW.step)) < 1e-6)
  }

  @Test func `a rule of one's own is used, with rate and state`() {
    let still = difference(
      Adam(learningRate: 0), Adam(rule: { p, _, state, _ in (p, state) }))
    #expect(still == 0)
    // Decay alone, twelve times; the state counts the steps.
    let shrinking = AdamW(
      learningRate: 0.5, weightDecay: 0.2,
      rule: { parameters, _, state, rate, decay in
        var state = state
        state.step += 1
        return (parameters.map { $0 * (1 - rate * decay) }, state)
      })
    var (model, optimizer) = (start, shrinking)
    for _ in 0..<2 {
      optimizer.update(&model, with: start.parameters.map(\.value))
    }
    let expected = start.parameters[0].value * 0.81
    #expect(
      (model.parameters[0].value - expected).maximumMagnitude < 1e-6)
    #expect(
      difference(
        SGD(learningRate: 0.1, momentum: 0.9),
        SGD(learningRate: 0.1, momentum: 0.9, rule: SGD.step)) == 0)
  }
}
