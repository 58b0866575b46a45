/// `[count, outer, inner]` as `[count, inner, outer]`.
func swappedAxes(
  _ source: UnsafePointer<Float>, count: Int, _ outer: Int, _ inner: Int
) -> [Float] {
  uninitialized(count * outer * inner) { result in
    for image in 0..<count {
      let first = image * outer * inner
      swapAxes(source + first, outer, inner, into: result + first)
    }
  }
}

/// In squares of four, which takes a quarter of the time of one by one.
private func swapAxes(
  _ source: UnsafePointer<Float>, _ outer: Int, _ inner: Int,
  into result: UnsafeMutablePointer<Float>
) {
  let (squaresDown, squaresAcross) = (outer / 4 * 4, inner / 4 * 4)
  for o in stride(from: 0, to: squaresDown, by: 4) {
    for i in stride(from: 0, to: squaresAcross, by: 4) {
      Square(source + o * inner + i, spacing: inner).transposed
        .store(result + i * outer + o, spacing: outer)
    }
  }
  for o in 0..<outer {
    for i in (o < squaresDown ? squaresAcross : 0)..<inner {
      result[i * outer + o] = source[o * inner + i]
    }
  }
}

/// Four rows of four.
private struct Square {
  typealias Row = SIMD4<Float>
  var a, b, c, d: Row
}

extension Square {
  @inline(__always)
  init(_ source: UnsafePointer<Float>, spacing: Int) {
    func row(_ index: Int) -> Row {
      UnsafeRawPointer(source + index * spacing).loadUnaligned(as: Row.self)
    }
    self.init(a: row(0), b: row(1), c: row(2), d: row(3))
  }

  @inline(__always)
  var transposed: Square {
    // Pairs of rows first, then pairs of pairs: eight instructions in all.
    let evenAB = Row(a[0], b[0], a[2], b[2])
    let oddAB = Row(a[1], b[1], a[3], b[3])
    let evenCD = Row(c[0], d[0], c[2], d[2])
    let oddCD = Row(c[1], d[1], c[3], d[3])
    return Square(
      a: Row(lowHalf: evenAB.lowHalf, highHalf: evenCD.lowHalf),
      b: Row(lowHalf: oddAB.lowHalf, highHalf: oddCD.lowHalf),
      c: Row(lowHalf: evenAB.highHalf, highHalf: evenCD.highHalf),
      d: Row(lowHalf: oddAB.highHalf, highHalf: oddCD.highHalf))
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>, spacing: Int) {
    for (index, row) in [a, b, c, d].enumerated() {
      UnsafeMutableRawPointer(target + index * spacing)
        .storeBytes(of: row, as: Row.self)
    }
  }
}
