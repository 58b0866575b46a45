// The chain rule written out: each function walks the same loops as its forward
// pass and hands the gradient back along every product that was made.
extension Reference {
  static func convolutionGradients(
    _ outputGradient: ExactTensor, input: ExactTensor, weight: ExactTensor,
    padding: Int, stride: Int = 1
  ) -> (input: ExactTensor, weight: ExactTensor, bias: ExactTensor) {
    var inputGradient = ExactTensor(zeros: input.shape)
    var weightGradient = ExactTensor(zeros: weight.shape)
    var biasGradient = ExactTensor(zeros: [weight.shape[0]])
    let size = weight.shape[2]
    for n in 0..<outputGradient.shape[0] {
      for y in 0..<outputGradient.shape[1] {
        for x in 0..<outputGradient.shape[2] {
          for o in 0..<outputGradient.shape[3] {
            let gradient = outputGradient[n, y, x, o]
            biasGradient.scalars[o] += gradient
            for ky in 0..<size {
              for kx in 0..<size {
                let row = stride * y + ky - padding
                let column = stride * x + kx - padding
                guard (0..<input.shape[1]).contains(row),
                  (0..<input.shape[2]).contains(column)
                else { continue }
                for c in 0..<input.shape[3] {
                  inputGradient[n, row, column, c] +=
                    gradient * weight[o, c, ky, kx]
                  weightGradient[o, c, ky, kx] +=
                    gradient * input[n, row, column, c]
                }
              }
            }
          }
        }
      }
    }
    return (inputGradient, weightGradient, biasGradient)
  }

  static func linearGradients(
    _ outputGradient: ExactTensor, input: ExactTensor, weight: ExactTensor
  ) -> (input: ExactTensor, weight: ExactTensor, bias: ExactTensor) {
    var inputGradient = ExactTensor(zeros: input.shape)
    var weightGradient = ExactTensor(zeros: weight.shape)
    var biasGradient = ExactTensor(zeros: [weight.shape[0]])
    for n in 0..<outputGradient.shape[0] {
      for o in 0..<outputGradient.shape[1] {
        let gradient = outputGradient[n, o]
        biasGradient.scalars[o] += gradient
        for i in 0..<input.shape[1] {
          inputGradient[n, i] += gradient * weight[o, i]
          weightGradient[o, i] += gradient * input[n, i]
        }
      }
    }
    return (inputGradient, weightGradient, biasGradient)
  }

  static func maxPoolGradient(
    _ outputGradient: ExactTensor, input: ExactTensor, size: Int
  ) -> ExactTensor {
    let winners = maxPool(input, size: size).winners
    let channels = input.shape[3]
    let outputsPerImage = winners.count / input.shape[0]
    var inputGradient = ExactTensor(zeros: input.shape)
    for (i, winner) in winners.enumerated() {
      inputGradient[i / outputsPerImage, winner.y, winner.x, i % channels] +=
        outputGradient.scalars[i]
    }
    return inputGradient
  }

  static func reluGradient(_ outputGradient: ExactTensor, input: ExactTensor)
    -> ExactTensor
  {
    outputGradient.times(input.map { $0 > 0 ? 1 : 0 })
  }

  static func flattenGradient(_ outputGradient: ExactTensor, shape: [Int])
    -> ExactTensor
  {
    var inputGradient = ExactTensor(zeros: shape)
    var next = 0
    for n in 0..<shape[0] {
      for c in 0..<shape[3] {
        for y in 0..<shape[1] {
          for x in 0..<shape[2] {
            inputGradient[n, y, x, c] = outputGradient.scalars[next]
            next += 1
          }
        }
      }
    }
    return inputGradient
  }

  static func crossEntropyGradient(_ logits: ExactTensor, labels: [Int])
    -> ExactTensor
  {
    var gradient = softmax(logits)
    for (n, label) in labels.enumerated() { gradient[n, label] -= 1 }
    return gradient
  }
}
