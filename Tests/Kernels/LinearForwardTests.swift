import Testing

@testable import Shared

extension Kernels {
  @Suite struct LinearForwardTests {
    // Inputs below, at and beyond a whole number of sixteen; images and outputs
    // that fill fours and that do not.
    @Test(arguments: [1, 15, 16, 33, 3136], [1, 4, 7])
    func `every output sums every product`(inputs: Int, count: Int) {
      for outputs in [1, 4, 10] {
        let input = Sample.uniform([count, inputs], seed: 1)
        let weights = Sample.uniform([outputs, inputs], seed: 2)
        let bias = Sample.uniform([outputs], seed: 3)
        let output = linearForward(
          input.scalars, count: count, inputs: inputs, outputs: outputs,
          weights: weights.scalars, bias: bias.scalars)
        expectClose(
          Tensor(shape: [count, outputs], scalars: output),
          Reference.linear(
            ExactTensor(input), weight: ExactTensor(weights),
            bias: ExactTensor(bias)), relative: 1e-5,
          "\(count) × \(inputs) → \(outputs)")
      }
    }

    @Test func `an image's outputs do not depend on its companions`() {
      let input = Sample.uniform([7, 100], seed: 1)
      let weights = Sample.uniform([10, 100], seed: 2).scalars
      let bias = [Float](repeating: 0.5, count: 10)
      func outputs(_ images: Tensor) -> [Float] {
        linearForward(
          images.scalars, count: images.shape[0], inputs: 100, outputs: 10,
          weights: weights, bias: bias)
      }
      let all = outputs(input)
      for image in 0..<7 {
        #expect(
          outputs(input.rows(image..<image + 1))
            == Array(all[image * 10..<(image + 1) * 10]))
      }
    }
  }
}
