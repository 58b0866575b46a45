import Foundation
import Testing

@testable import Shared

@Suite struct AdamWTests {
  private let start: Sequential = [
    "fc": Linear(
      weight: Tensor(shape: [1, 2], scalars: [1, -2]), bias: Tensor([0.5]))
  ]

  private func gradients(_ seed: UInt64) -> [Tensor] {
    [Sample.uniform([1, 2], seed: seed), Sample.uniform([1], seed: seed + 50)]
  }

  @Test func `the first step by hand`() {
    // Shrinks by 0.1 · 0.5, then moves by the rate against the sign.
    var (model, optimizer) = (start, AdamW(learningRate: 0.1, weightDecay: 0.5))
    optimizer.update(
      &model, with: [Tensor(shape: [1, 2], scalars: [3, -4]), Tensor([0.25])])
    let expected: [Float] = [0.95 - 0.1, -1.9 + 0.1, 0.475 - 0.1]
    for (parameter, number) in zip(
      model.parameters.flatMap(\.value.scalars), expected)
    {
      #expect(abs(parameter - number) < 1e-6)
    }
  }

  @Test func `without decay it is Adam to the bit`() {
    var (one, two) = (start, start)
    var (adam, adamW) = (Adam(), AdamW(weightDecay: 0))
    for step in 0..<10 {
      adam.update(&one, with: gradients(UInt64(step)))
      adamW.update(&two, with: gradients(UInt64(step)))
    }
    #expect(one.parameters.map(\.value) == two.parameters.map(\.value))
  }

  @Test func `ten steps of PyTorch's formula in Double`() {
    var (model, optimizer) = (
      start, AdamW(learningRate: 0.02, weightDecay: 0.3)
    )
    var parameters = [1, -2, 0.5]
    var (means, squares) = ([0.0, 0, 0], [0.0, 0, 0])
    for step in 1...10 {
      let tensors = gradients(UInt64(step))
      optimizer.update(&model, with: tensors)
      for (i, gradient) in tensors.flatMap(\.scalars).map(Double.init)
        .enumerated()
      {
        parameters[i] *= 1 - 0.02 * 0.3
        means[i] += 0.1 * (gradient - means[i])
        squares[i] = 0.999 * squares[i] + 0.001 * gradient * gradient
        let denominator =
          squares[i].squareRoot() / (1 - pow(0.999, Double(step))).squareRoot()
          + 1e-8
        parameters[i] -=
          0.02 / (1 - pow(0.9, Double(step))) * means[i] / denominator
      }
    }
    for (number, exact) in zip(
      model.parameters.flatMap(\.value.scalars), parameters)
    {
      #expect(abs(Double(number) - exact) < 1e-5)
    }
  }
}
