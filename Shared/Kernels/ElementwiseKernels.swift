internal import Vector

// Plain loops over pointers, which the compiler turns into vector code. The
// same loops over arrays check every index and run about ten times slower.

/// An array of `count` scalars that `body` must fill.
func uninitialized(
  _ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void
) -> [Float] {
  [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    if let start = buffer.baseAddress { body(start) }
    initialized = count
  }
}

/// Bytes 0...255 as pixels in 0...1.
func convertPixels(
  _ bytes: UnsafePointer<UInt8>, from first: Int, count: Int,
  to target: UnsafeMutablePointer<Float>
) {
  let source = bytes + first
  for i in 0..<count { target[i] = Float(source[i]) / 255 }
}

/// target += source.
func addElements(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
  count: Int
) {
  for i in 0..<count { target[i] += source[i] }
}

/// target[offset...] = source.
func copyElements(
  _ target: UnsafeMutablePointer<Float>, at offset: Int,
  _ source: UnsafePointer<Float>, count: Int
) {
  (target + offset).update(from: source, count: count)
}

/// All parts, one after the other; the workers share them.
func joined(_ parts: [[Float]]) -> [Float] {
  let starts = parts.reduce(into: [0]) {
    $0.append($0[$0.count - 1] + $1.count)
  }
  return uninitialized(starts[parts.count]) { result in
    nonisolated(unsafe) let result = result
    _ = Workers.map(parts.count) { part in
      copyElements(
        result, at: starts[part], parts[part], count: parts[part].count)
    }
  }
}

/// target = 0.
func clearElements(_ target: UnsafeMutablePointer<Float>, count: Int) {
  target.update(repeating: 0, count: count)
}

/// source · scale + shift.
func scaledElements(
  _ source: UnsafePointer<Float>, count: Int, by scale: Float,
  plus shift: Float = 0
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = source[i] * scale + shift }
  }
}

/// left · right, element by element.
func multipliedElements(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, count: Int
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = left[i] * right[i] }
  }
}

/// max(x, 0).
func rectified(_ source: UnsafePointer<Float>, count: Int) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = source[i] > 0 ? source[i] : 0 }
  }
}

/// The gradient where the input was positive, zero elsewhere.
func rectifiedGradient(
  _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, count: Int
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = input[i] > 0 ? gradient[i] : 0 }
  }
}

/// sums[c] += Σ_r matrix[r, c], row after row.
func addColumnSums(
  of matrix: UnsafePointer<Float>, rows: Int, columns: Int,
  to sums: UnsafeMutablePointer<Float>
) {
  let width = Int(VECTOR_WIDTH)
  var column = 0
  while column + width <= columns {
    var total = load(sums + column)
    for row in 0..<rows {
      total = sum(total, load(matrix + row * columns + column))
    }
    save(total, sums + column)
    column += width
  }
  for column in column..<columns {
    for row in 0..<rows { sums[column] += matrix[row * columns + column] }
  }
}

/// left[i] and right[i] made into one, for every i.
func combinedElements(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, count: Int,
  _ combine: (Float, Float) -> Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = combine(left[i], right[i]) }
  }
}
