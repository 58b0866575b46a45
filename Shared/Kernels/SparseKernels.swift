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

@inline(__always)
private func vector(_ source: UnsafePointer<Float>, _ index: Int) -> Vector {
  UnsafeRawPointer(source + index * Int(VECTOR_WIDTH))
    .loadUnaligned(as: Vector.self)
}

@inline(__always)
private func store(
  _ vector: Vector, _ target: UnsafeMutablePointer<Float>, _ index: Int
) {
  UnsafeMutableRawPointer(target + index * Int(VECTOR_WIDTH))
    .storeBytes(of: vector, as: Vector.self)
}

private func addSixVectors(
  _ rows: WeightedRows, _ matrix: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>
) {
  var (s0, s1, s2) = (vector(output, 0), vector(output, 1), vector(output, 2))
  var (s3, s4, s5) = (vector(output, 3), vector(output, 4), vector(output, 5))
  for k in 0..<rows.count {
    let row = matrix + Int(rows.offsets[k])
    let factor = Vector(repeating: rows.factors[k])
    s0 = fusedMultiplyAdd(factor, vector(row, 0), s0)
    s1 = fusedMultiplyAdd(factor, vector(row, 1), s1)
    s2 = fusedMultiplyAdd(factor, vector(row, 2), s2)
    s3 = fusedMultiplyAdd(factor, vector(row, 3), s3)
    s4 = fusedMultiplyAdd(factor, vector(row, 4), s4)
    s5 = fusedMultiplyAdd(factor, vector(row, 5), s5)
  }
  store(s0, output, 0)
  store(s1, output, 1)
  store(s2, output, 2)
  store(s3, output, 3)
  store(s4, output, 4)
  store(s5, output, 5)
}

private func addOneVector(
  _ rows: WeightedRows, _ matrix: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>
) {
  var sum = vector(output, 0)
  for k in 0..<rows.count {
    sum = fusedMultiplyAdd(
      Vector(repeating: rows.factors[k]),
      vector(matrix + Int(rows.offsets[k]), 0), sum)
  }
  store(sum, output, 0)
}
