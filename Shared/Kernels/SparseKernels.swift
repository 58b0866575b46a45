internal import Vector

// Behind 2 × 2 pooling at least three quarters of a gradient are zero, and
// behind a ReLU more: about 97 % of what reaches the second convolution of this
// network. These kernels visit only the rest. A zero adds nothing, and the rest
// is added in the same order, so they give the same bits as the dense ones.

/// Rows of a matrix, each with a factor: a sum to be formed.
struct WeightedRows {
  /// Where the rows begin, in scalars.
  var offsets: UnsafeMutablePointer<Int32>
  /// What each row is multiplied with.
  var factors: UnsafeMutablePointer<Float>
  var count = 0
}

/// output[j] += Σ_k factors[k] · matrix[offsets[k] + j], for j in 0..<columns.
///
/// Six vectors of running sums at a time stay in registers, so each row is read
/// once and nothing is written until the end.
func addWeightedRows(
  _ rows: WeightedRows, of matrix: UnsafePointer<Float>, columns: Int,
  to target: UnsafeMutablePointer<Float>, at offset: Int = 0
) {
  let output = target + offset
  let width = Int(VECTOR_WIDTH)
  var column = 0
  while column + 6 * width <= columns {
    addSixVectors(rows, matrix + column, output + column)
    column += 6 * width
  }
  while column + width <= columns {
    addOneVector(rows, matrix + column, output + column)
    column += width
  }
  for column in column..<columns {
    for k in 0..<rows.count {
      output[column] = scalarMultiplyAdd(
        rows.factors[k], matrix[Int(rows.offsets[k]) + column], output[column])
    }
  }
}

private func addSixVectors(
  _ rows: WeightedRows, _ matrix: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>
) {
  let w = Int(VECTOR_WIDTH)
  var (s0, s1, s2) = (load(output), load(output + w), load(output + 2 * w))
  var (s3, s4, s5) = (
    load(output + 3 * w), load(output + 4 * w), load(output + 5 * w)
  )
  for k in 0..<rows.count {
    let row = matrix + Int(rows.offsets[k])
    let factor = Vector(repeating: rows.factors[k])
    s0 = fusedMultiplyAdd(factor, load(row), s0)
    s1 = fusedMultiplyAdd(factor, load(row + w), s1)
    s2 = fusedMultiplyAdd(factor, load(row + 2 * w), s2)
    s3 = fusedMultiplyAdd(factor, load(row + 3 * w), s3)
    s4 = fusedMultiplyAdd(factor, load(row + 4 * w), s4)
    s5 = fusedMultiplyAdd(factor, load(row + 5 * w), s5)
  }
  save(s0, output)
  save(s1, output + w)
  save(s2, output + 2 * w)
  save(s3, output + 3 * w)
  save(s4, output + 4 * w)
  save(s5, output + 5 * w)
}

private func addOneVector(
  _ rows: WeightedRows, _ matrix: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>
) {
  var sum = load(output)
  for k in 0..<rows.count {
    sum = fusedMultiplyAdd(
      Vector(repeating: rows.factors[k]),
      load(matrix + Int(rows.offsets[k])), sum)
  }
  save(sum, output)
}
