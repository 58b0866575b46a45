internal import Vector

/// The columns that do not fill a vector.
func scalarColumn(
  _ left: LeftMatrix, _ right: UnsafePointer<Float>, _ rightStride: Int,
  _ output: UnsafeMutablePointer<Float>, _ outputStride: Int, _ rows: Int,
  _ start: ProductStart
) {
  for row in 0..<rows {
    var sum: Float
    switch start {
    case .zero: sum = 0
    case .accumulate: sum = output[row * outputStride]
    case .bias(let pointer): sum = pointer[0]
    }
    var b = right
    for segment in 0..<left.segments {
      var a = left.start + row * left.rowStride + segment * left.segmentStride
      for _ in 0..<left.length {
        sum = scalarMultiplyAdd(a.pointee, b.pointee, sum)
        a += left.elementStride
        b += rightStride
      }
    }
    output[row * outputStride] = sum
  }
}
