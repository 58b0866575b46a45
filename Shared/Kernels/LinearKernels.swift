/// A `[rows, columns]` matrix as `[columns, rows]`, each new row filled up with
/// zeros to `paddedRows`.
private func transposed(
  _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, paddedRows: Int
) -> [Float] {
  uninitialized(columns * paddedRows) { result in
    for column in 0..<columns {
      for row in 0..<rows {
        result[column * paddedRows + row] = matrix[row * columns + column]
      }
      for row in rows..<paddedRows { result[column * paddedRows + row] = 0 }
    }
  }
}

/// output[n, o] = bias[o] + Σ input[n, i] · weights[o, i].
///
/// Computed as weights · inputᵀ, so that vectors run along the images: turning
/// the few inputs of a shard is cheap, turning 1.6 MB of weights is not.
func linearForward(
  _ input: UnsafePointer<Float>, count: Int, inputs: Int, outputs: Int,
  weights: UnsafePointer<Float>, bias: UnsafePointer<Float>
) -> [Float] {
  let columns = (count + 15) / 16 * 16
  let right = transposed(
    input, rows: count, columns: inputs, paddedRows: columns)
  var product = [Float](repeating: 0, count: outputs * columns)
  multiply(
    LeftMatrix(start: weights, rowStride: inputs, length: inputs),
    by: right, rightStride: columns, into: &product, outputStride: columns,
    rows: outputs, columns: columns, start: .zero)
  return uninitialized(count * outputs) { output in
    for n in 0..<count {
      for o in 0..<outputs {
        output[n * outputs + o] = product[o * columns + n] + bias[o]
      }
    }
  }
}

/// inputGradient[n, i] = Σ outputGradient[n, o] · weights[o, i].
func linearInputGradient(
  _ outputGradient: UnsafePointer<Float>, count: Int, inputs: Int,
  outputs: Int, weights: UnsafePointer<Float>
) -> [Float] {
  uninitialized(count * inputs) { result in
    multiply(
      LeftMatrix(start: outputGradient, rowStride: outputs, length: outputs),
      by: weights, rightStride: inputs, into: result, outputStride: inputs,
      rows: count, columns: inputs, start: .zero)
  }
}

/// weightGradient[o, i] = Σ outputGradient[n, o] · input[n, i].
///
/// The workers share the outputs, not the images: no sum is ever divided.
func linearWeightGradient(
  _ outputGradient: [Float], input: [Float], count: Int, inputs: Int,
  outputs: Int
) -> [Float] {
  uninitialized(outputs * inputs) { target in
    nonisolated(unsafe) let result = target
    let blocks = Workers.shards(of: outputs, size: 14)
    _ = Workers.map(blocks.count) { index in
      let block = blocks[index]
      outputGradient.withUnsafeBufferPointer { gradients in
        guard let first = gradients.baseAddress else { return }
        multiply(
          LeftMatrix(
            start: first + block.lowerBound, rowStride: 1, length: count,
            elementStride: outputs),
          by: input, rightStride: inputs, into: result,
          at: block.lowerBound * inputs, outputStride: inputs,
          rows: block.count, columns: inputs, start: .zero)
      }
    }
  }
}
