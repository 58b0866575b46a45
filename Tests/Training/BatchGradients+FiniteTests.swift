import Testing

@testable import Shared

@Suite struct BatchGradientsFiniteTests {
  private func gradients(loss: Double, _ scalars: [Float]) -> BatchGradients {
    BatchGradients(
      loss: loss, accuracy: Proportion(1, of: 2),
      parameters: [Tensor([1, 2]), Tensor(scalars)])
  }

  @Test func `finite numbers pass`() throws {
    try gradients(loss: 2.3, [0, -3e38, .leastNonzeroMagnitude])
      .requireFinite(epoch: 1, batch: 1)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `a loss that is no finite number stops the training`(loss: Double) {
    expectSentence("The loss is not a finite number at batch 7 of epoch 3") {
      try gradients(loss: loss, [0]).requireFinite(epoch: 3, batch: 7)
    }
  }

  @Test(arguments: [Float.nan, -.infinity])
  func `so does a gradient`(scalar: Float) {
    expectSentence("The gradient is not a finite number at batch 7 of epoch 3")
    {
      try gradients(loss: 1, [0, scalar, 0]).requireFinite(epoch: 3, batch: 7)
    }
  }
}
