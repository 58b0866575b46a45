import Testing

@testable import Lesson
@testable import Shared

@Suite struct ZeroShareMutantTests {
  @Test func `W4a: changed results are refused`() {
    expectMutantsRefused(of: shareOfZeros, spoiledBy: Change.number) { mutant in
      .zeroShare { mutant($0) }
    }
  }

  @Test func `W4a: every rule is asked for`() {
    expectRefused([
      "all rows count": .zeroShare { share($0.rows(0..<1).scalars) },
      "the first number counts": .zeroShare { share($0.scalars.dropFirst()) },
      "the last number counts": .zeroShare { share($0.scalars.dropLast()) },
      "a share of all numbers": .zeroShare {
        Double($0.scalars.count { $0 == 0 }) / Double($0.rowCount)
      },
      "negative numbers count as numbers": .zeroShare {
        share($0.scalars.filter { $0 >= 0 })
      },
      "a share is not rounded": .zeroShare {
        (share($0.scalars) * 100).rounded() / 100
      },
      "none may be 0": .zeroShare { max(0.01, share($0.scalars)) },
    ])
  }
}

private func share(_ scalars: some Collection<Float>) -> Double {
  Double(scalars.count { $0 == 0 }) / Double(scalars.count)
}
