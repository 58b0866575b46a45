import Testing

@testable import Lesson
@testable import Shared

@Suite struct FlippedShareMutantTests {
  @Test func `W4b: changed results are refused`() {
    expectMutantsRefused(of: flippedShare, spoiledBy: Change.number) { mutant in
      .flippedShare { mutant($0, $1) }
    }
  }

  @Test func `W4b: every rule is asked for`() {
    @Sendable func after(
      _ change: @escaping @Sendable (Tensor) -> Tensor
    ) -> Exercise<FlippedShare> {
      .flippedShare { flippedShare(clean: change($0), changed: change($1)) }
    }
    expectRefused([
      "all rows count": after { $0.rows(0..<1) },
      "the first number counts": after { tensor in
        Tensor(Array(tensor.scalars.dropFirst()))
      },
      "the last number counts": after { tensor in
        Tensor(Array(tensor.scalars.dropLast()))
      },
      "position by position": after { Tensor($0.scalars.sorted()) },
      "small numbers are on": after { $0.map { $0 > 1e-6 ? $0 : 0 } },
      "above 0, not above a half": after { $0.map { $0 > 0.5 ? $0 : 0 } },
      "a share of all numbers": .flippedShare {
        flippedShare(clean: $0, changed: $1) * Double($0.count)
          / Double($0.rowCount)
      },
      "a share of all, not of the changed": .flippedShare {
        let changed = zip($0.scalars, $1.scalars).count { $0 != $1 }
        return flippedShare(clean: $0, changed: $1) * Double($0.count)
          / Double(max(changed, 1))
      },
      "a share is not rounded": .flippedShare {
        (flippedShare(clean: $0, changed: $1) * 100).rounded() / 100
      },
      "all may flip": .flippedShare {
        min(0.99, flippedShare(clean: $0, changed: $1))
      },
      "none may flip": .flippedShare {
        max(0.01, flippedShare(clean: $0, changed: $1))
      },
    ])
  }
}
