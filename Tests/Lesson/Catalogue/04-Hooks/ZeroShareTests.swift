import Testing

@testable import Lesson
@testable import Shared

@Suite struct ZeroShareTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.zeroShare(shareOfZeros)) == "solved")
    #expect(
      graded(
        .zeroShare { $0.map { $0 == 0 ? 1 : 0 }.mean }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.zeroShare { _ in 1 }) == "refused")
    #expect(graded(.zeroShare { _ in 0.25 }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    @Sendable func zeros(_ tensor: Tensor) -> Int {
      var count = 0
      for scalar in tensor.scalars where scalar == 0 { count += 1 }
      return count
    }
    expectDiagnoses([
      "counted what is not zero": .zeroShare {
        Double($0.count - zeros($0)) / Double($0.count)
      },
      "negative numbers counted too": .zeroShare {
        Double($0.scalars.filter { !($0 > 0) }.count) / Double($0.count)
      },
      "almost zero counted too": .zeroShare {
        Double($0.scalars.count { abs($0) < 1e-8 }) / Double($0.count)
      },
      "per cent instead of a share": .zeroShare {
        Double(zeros($0)) * 100 / Double($0.count)
      },
      "a count instead of a share": .zeroShare { Double(zeros($0)) },
      "divided by the number of images": .zeroShare {
        // Of eight images with one number each, this happens to be right.
        Double(zeros($0)) / Double($0.shape[0])
      },
      "whole-number division": .zeroShare { Double(zeros($0) / $0.count) },
    ])
  }
}
