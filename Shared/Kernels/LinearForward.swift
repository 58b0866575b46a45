internal import Vector

/// output[n, o] = bias[o] + Σ input[n, i] · weights[o, i].
///
/// Here both matrices lie in memory along the sum, so vectors do too, unlike in
/// `multiply`: each sum is sixteen partial ones, the j-th over i = j, j + 16,
/// j + 32, …, added up at the end in one order. Sixteen on every CPU, whatever
/// its vectors, so the bits stay the same. To turn the inputs round and use
/// `multiply` would take twice as long: eight images fill half its vectors.
func linearForward(
  _ input: UnsafePointer<Float>, count: Int, inputs: Int, outputs: Int,
  weights: UnsafePointer<Float>, bias: UnsafePointer<Float>
) -> [Float] {
  uninitialized(count * outputs) { output in
    var partial = [Float](repeating: 0, count: 16 * partialSums)
    for o in stride(from: 0, to: outputs, by: 4) {
      for n in stride(from: 0, to: count, by: 4) {
        // At an edge the last row stands in for those that are missing.
        let rows = Quadruple { weights + min(o + $0, outputs - 1) * inputs }
        let images = Quadruple { input + min(n + $0, count - 1) * inputs }
        addProducts(rows, images, count: inputs, to: &partial)
        for image in 0..<min(4, count - n) {
          for row in 0..<min(4, outputs - o) {
            output[(n + image) * outputs + o + row] =
              total(of: &partial, at: 16 * (4 * row + image)) + bias[o + row]
          }
        }
      }
    }
  }
}

/// Four rows of weights times four images.
private let partialSums = 16

private struct Quadruple {
  var a, b, c, d: UnsafePointer<Float>

  @inline(__always)
  init(_ row: (Int) -> UnsafePointer<Float>) {
    (a, b, c, d) = (row(0), row(1), row(2), row(3))
  }
}

/// The sums of one row of weights with four images.
private struct Sums {
  var a, b, c, d: Vector

  @inline(__always)
  init(loading source: UnsafePointer<Float>) {
    (a, b) = (load(source), load(source + 16))
    (c, d) = (load(source + 32), load(source + 48))
  }

  @inline(__always)
  mutating func add(
    _ weight: Vector, _ x: (a: Vector, b: Vector, c: Vector, d: Vector)
  ) {
    a = fusedMultiplyAdd(weight, x.a, a)
    b = fusedMultiplyAdd(weight, x.b, b)
    c = fusedMultiplyAdd(weight, x.c, c)
    d = fusedMultiplyAdd(weight, x.d, d)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>) {
    save(a, target)
    save(b, target + 16)
    save(c, target + 32)
    save(d, target + 48)
  }
}

/// Sixteen dot products at once, as sixteen partial sums each.
private func addProducts(
  _ rows: Quadruple, _ images: Quadruple, count: Int,
  to partial: UnsafeMutablePointer<Float>
) {
  let whole = count / 16 * 16
  clearElements(partial, count: 16 * partialSums)
  // Vectors of eight take two passes: over so little at a time that the second
  // finds it in the first-level cache.
  for first in stride(from: 0, to: whole, by: 512) {
    addProducts(
      rows, images, from: first, to: min(first + 512, whole), partial)
  }
  guard whole < count else { return }
  for (r, row) in [rows.a, rows.b, rows.c, rows.d].enumerated() {
    for (n, image) in [images.a, images.b, images.c, images.d].enumerated() {
      for i in whole..<count {
        let target = partial + 16 * (4 * r + n) + i - whole
        target.pointee = scalarMultiplyAdd(row[i], image[i], target.pointee)
      }
    }
  }
}

/// The same for some of the inputs, in sixteens, two rows at a time: with
/// eight running sums nothing waits, and they fit into 16 registers, too.
@inline(__always)
private func addProducts(
  _ rows: Quadruple, _ images: Quadruple, from first: Int, to end: Int,
  _ partial: UnsafeMutablePointer<Float>
) {
  for lane in stride(from: 0, to: 16, by: Int(VECTOR_WIDTH)) {
    let (start, target) = (first + lane, partial + lane)
    addRows(rows.a, rows.b, images, from: start, to: end, target)
    addRows(rows.c, rows.d, images, from: start, to: end, target + 128)
  }
}

@inline(__always)
private func addRows(
  _ upper: UnsafePointer<Float>, _ lower: UnsafePointer<Float>,
  _ images: Quadruple, from first: Int, to end: Int,
  _ partial: UnsafeMutablePointer<Float>
) {
  var s0 = Sums(loading: partial)
  var s1 = Sums(loading: partial + 64)
  var i = first
  while i < end {
    let x = (
      load(images.a + i), load(images.b + i), load(images.c + i),
      load(images.d + i)
    )
    s0.add(load(upper + i), x)
    s1.add(load(lower + i), x)
    i += 16
  }
  s0.store(partial)
  s1.store(partial + 64)
}

/// Sixteen partial sums: the upper half upon the lower until one is left.
@inline(__always)
private func total(
  of sums: UnsafeMutablePointer<Float>, at first: Int
) -> Float {
  let partial = sums + first
  for lane in 0..<8 { partial[lane] += partial[lane + 8] }
  for lane in 0..<4 { partial[lane] += partial[lane + 4] }
  return (partial[0] + partial[2]) + (partial[1] + partial[3])
}
