import Foundation

/// Every layer as slowly and as obviously as possible, in `Double`.
///
/// Each function follows the formula in the layer's own documentation, index
/// by index, and shares no code with the library.
enum Reference {
  static func convolution(
    _ input: ExactTensor, weight: ExactTensor, bias: ExactTensor, padding: Int,
    stride: Int = 1
  ) -> ExactTensor {
    let (height, width) = (input.shape[1], input.shape[2])
    let size = weight.shape[2]
    var output = ExactTensor(zeros: [
      input.shape[0], (height + 2 * padding - size) / stride + 1,
      (width + 2 * padding - size) / stride + 1, weight.shape[0],
    ])
    for n in 0..<output.shape[0] {
      for y in 0..<output.shape[1] {
        for x in 0..<output.shape[2] {
          for o in 0..<output.shape[3] {
            var sum = bias.scalars[o]
            for ky in 0..<size {
              for kx in 0..<size {
                let row = stride * y + ky - padding
                let column = stride * x + kx - padding
                guard (0..<height).contains(row),
                  (0..<width).contains(column)
                else { continue }
                for c in 0..<input.shape[3] {
                  sum += weight[o, c, ky, kx] * input[n, row, column, c]
                }
              }
            }
            output[n, y, x, o] = sum
          }
        }
      }
    }
    return output
  }

  static func linear(
    _ input: ExactTensor, weight: ExactTensor, bias: ExactTensor
  ) -> ExactTensor {
    var output = ExactTensor(zeros: [input.shape[0], weight.shape[0]])
    for n in 0..<output.shape[0] {
      for o in 0..<output.shape[1] {
        output[n, o] = bias.scalars[o]
        for i in 0..<input.shape[1] {
          output[n, o] += weight[o, i] * input[n, i]
        }
      }
    }
    return output
  }

  /// The largest of each block, and the pixel of the input that holds it.
  static func maxPool(_ input: ExactTensor, size: Int)
    -> (output: ExactTensor, winners: [(y: Int, x: Int)])
  {
    var output = ExactTensor(zeros: [
      input.shape[0], input.shape[1] / size, input.shape[2] / size,
      input.shape[3],
    ])
    var winners: [(y: Int, x: Int)] = []
    for n in 0..<output.shape[0] {
      for y in 0..<output.shape[1] {
        for x in 0..<output.shape[2] {
          for c in 0..<output.shape[3] {
            var best = (y: y * size, x: x * size)
            for row in y * size..<(y + 1) * size {
              for column in x * size..<(x + 1) * size
              where input[n, row, column, c] > input[n, best.y, best.x, c] {
                best = (row, column)
              }
            }
            output[n, y, x, c] = input[n, best.y, best.x, c]
            winners.append(best)
          }
        }
      }
    }
    return (output, winners)
  }

  static func relu(_ input: ExactTensor) -> ExactTensor {
    input.map { max($0, 0) }
  }

  static func dropout(_ input: ExactTensor, mask: ExactTensor) -> ExactTensor {
    input.times(mask)
  }

  static func normalize(
    _ input: ExactTensor, mean: Double, standardDeviation: Double
  ) -> ExactTensor {
    input.map { ($0 - mean) / standardDeviation }
  }

  static func flatten(_ input: ExactTensor) -> ExactTensor {
    var rows: [Double] = []
    for n in 0..<input.shape[0] {
      for c in 0..<input.shape[3] {
        for y in 0..<input.shape[1] {
          for x in 0..<input.shape[2] { rows.append(input[n, y, x, c]) }
        }
      }
    }
    return ExactTensor(
      shape: [input.shape[0], input.shape.dropFirst().reduce(1, *)],
      scalars: rows)
  }

  static func softmax(_ logits: ExactTensor) -> ExactTensor {
    var result = logits
    for n in 0..<logits.shape[0] {
      let row = (0..<logits.shape[1]).map { logits[n, $0] }
      let largest = row.reduce(-.infinity, max)
      let sum = row.reduce(0) { $0 + exp($1 - largest) }
      for i in row.indices { result[n, i] = exp(row[i] - largest) / sum }
    }
    return result
  }

  /// Each row's −log softmax at its label.
  static func crossEntropy(_ logits: ExactTensor, labels: [Int]) -> [Double] {
    let probabilities = softmax(logits)
    return labels.indices.map { -log(probabilities[$0, labels[$0]]) }
  }
}
