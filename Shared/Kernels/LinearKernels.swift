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

/// weightGradient[o, i] = Σ outputGradient[n, o] · input[n, i], over the images
/// of all parts, in order.
///
/// The workers share the inputs, not the images: no sum is ever divided. Each
/// takes 128 inputs at a time and first gathers their values from the parts,
/// so that the product reads a panel that fits into the first-level cache.
func linearWeightGradient(
  _ parts: [LinearLayerPart], inputs: Int, outputs: Int
) -> [Float] {
  let outputGradient = parts.flatMap(\.outputGradient.scalars)
  let count = outputGradient.count / outputs
  return uninitialized(outputs * inputs) { target in
    nonisolated(unsafe) let result = target
    let blocks = Workers.shards(of: inputs, size: 128)
    _ = Workers.map(blocks.count) { index in
      let block = blocks[index]
      let panel = gathered(parts, columns: block, inputs: inputs, count: count)
      outputGradient.withUnsafeBufferPointer { gradients in
        guard let first = gradients.baseAddress else { return }
        multiply(
          LeftMatrix(
            start: first, rowStride: 1, length: count, elementStride: outputs),
          by: panel, rightStride: block.count, into: result,
          at: block.lowerBound, outputStride: inputs, rows: outputs,
          columns: block.count, start: .zero)
      }
    }
  }
}

/// What some images of a batch contribute to a linear layer's gradients.
public struct LinearLayerPart: Sendable {
  /// Shape `[n, inputs]`.
  var input: Tensor
  /// Shape `[n, outputs]`.
  var outputGradient: Tensor
}

/// Some columns of all parts' inputs, one part after the other.
private func gathered(
  _ parts: [LinearLayerPart], columns: Range<Int>, inputs: Int, count: Int
) -> [Float] {
  uninitialized(count * columns.count) { panel in
    var target = panel
    for part in parts {
      part.input.scalars.withUnsafeBufferPointer { scalars in
        guard let first = scalars.baseAddress else { return }
        for row in 0..<part.input.shape[0] {
          target.update(
            from: first + row * inputs + columns.lowerBound,
            count: columns.count)
          target += columns.count
        }
      }
    }
  }
}
