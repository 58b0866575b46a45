internal import Vector

/// What the multiply-add units can do at most: the yardstick of the benchmark.
public enum PeakProbe {
  /// Floating-point operations of one call.
  public static var operations: Double {
    Double(rounds * (hasManyRegisters() ? 24 : 12) * Int(VECTOR_WIDTH) * 2)
  }

  private static let rounds = 1_000_000

  /// Whether a multiply-add is rounded once.
  ///
  /// All processors that do so give a training the same bits; those that round
  /// the product first give others.
  public static var roundsOnce: Bool { VECTOR_FUSES == 1 }

  /// Keeps 24 running sums in registers busy, or 12 where there are only 16
  /// registers, with nothing to load or store.
  ///
  /// - Parameter factor: Close to 1, so that nothing overflows.
  /// - Returns: Something that depends on all of it, so that none is left out.
  public static func run(factor: Float) -> Float {
    let f = Vector(repeating: factor)
    var a = Sums(), b = Sums(), c = Sums(), d = Sums()
    for _ in 0..<rounds {
      a.step(f)
      b.step(f)
      if hasManyRegisters() {
        c.step(f)
        d.step(f)
      }
    }
    return a.total + b.total + c.total + d.total
  }

  private struct Sums {
    var (v0, v1, v2) = (Vector(), Vector(), Vector())
    var (v3, v4, v5) = (Vector(), Vector(), Vector())

    @inline(__always)
    mutating func step(_ f: Vector) {
      v0 = fusedMultiplyAdd(v0, f, f)
      v1 = fusedMultiplyAdd(v1, f, f)
      v2 = fusedMultiplyAdd(v2, f, f)
      v3 = fusedMultiplyAdd(v3, f, f)
      v4 = fusedMultiplyAdd(v4, f, f)
      v5 = fusedMultiplyAdd(v5, f, f)
    }

    var total: Float { v0[0] + v1[0] + v2[0] + v3[0] + v4[0] + v5[0] }
  }
}
