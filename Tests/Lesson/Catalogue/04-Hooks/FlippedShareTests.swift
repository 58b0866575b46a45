import Testing

@testable import Lesson
@testable import Shared

@Suite struct FlippedShareTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.flippedShare(flippedShare)) == "solved")
    #expect(
      graded(
        .flippedShare { clean, changed in
          // A ReLU never puts out less than 0.
          clean.combined(with: changed) { ($0 == 0) == ($1 == 0) ? 0 : 1 }.mean
        }) == "solved")
    #expect(
      graded(
        .flippedShare { clean, changed in
          var flips = 0
          for i in 0..<clean.count {
            if clean.scalars[i] > 0 && changed.scalars[i] == 0 { flips += 1 }
            if clean.scalars[i] == 0 && changed.scalars[i] > 0 { flips += 1 }
          }
          return Double(flips) / Double(changed.count)
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.flippedShare { _, _ in 1 }) == "refused")
    #expect(graded(.flippedShare { _, _ in 0.375 }) == "refused")
    #expect(graded(.flippedShare { _, _ in .nan }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    @Sendable func count(
      _ clean: Tensor, _ changed: Tensor,
      where counts: (Float, Float) -> Bool = { ($0 > 0) != ($1 > 0) }
    ) -> Int {
      var count = 0
      for i in 0..<clean.count
      where counts(clean.scalars[i], changed.scalars[i]) { count += 1 }
      return count
    }
    @Sendable func on(_ tensor: Tensor) -> Int {
      tensor.scalars.filter { $0 > 0 }.count
    }
    expectDiagnoses([
      "every changed number counted": .flippedShare {
        Double(count($0, $1) { $0 != $1 }) / Double($0.count)
      },
      "only those switched on": .flippedShare {
        Double(count($0, $1) { $0 == 0 && $1 > 0 }) / Double($0.count)
      },
      "only those switched off": .flippedShare {
        Double(count($0, $1) { $0 > 0 && $1 == 0 }) / Double($0.count)
      },
      "those that stayed": .flippedShare {
        1 - Double(count($0, $1)) / Double($0.count)
      },
      "one direction minus the other": .flippedShare {
        Double(abs(on($1) - on($0))) / Double($0.count)
      },
      "of those that were on": .flippedShare {
        Double(count($0, $1)) / Double(on($0))
      },
      "per cent instead of a share": .flippedShare {
        Double(count($0, $1)) * 100 / Double($0.count)
      },
      "a count instead of a share": .flippedShare { Double(count($0, $1)) },
      "whole-number division": .flippedShare {
        Double(count($0, $1) / $0.count)
      },
    ])
  }
}
