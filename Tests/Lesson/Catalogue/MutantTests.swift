import Testing

@testable import Lesson
@testable import Shared

/// The generator of wrong answers, on a product.
@Suite struct MutantTests {
  private typealias Product = Mutant<Float, Int, Float>

  private var mutants: [(name: String, mutant: Product)] {
    Product.all(
      of: { $0 * Float($1) },
      spoiledBy: [Change("negated") { -$0 }])
  }

  @Test func `results are changed, remembered or made of old parameters`() {
    let answers = mutants.map { _, mutant in [mutant(2, 3), mutant(5, 7)] }
    #expect(answers == [[-6, -35], [6, 6], [6, 14], [6, 15]])
    #expect(
      mutants.map(\.name) == [
        "negated", "learned by heart", "parameter 0, Float, frozen",
        "parameter 1, Int, frozen",
      ])
  }

  @Test func `a change of one part leaves the other as it is`() {
    let spoiled = changes(of: \CurvePoint.y, [Change("doubled") { 2 * $0 }])
    #expect(
      spoiled.map { $0.apply(CurvePoint(x: 1, y: 2)) }
        == [CurvePoint(x: 1, y: 4)])
  }

  @Test func `a mutant that passes is reported`() {
    withKnownIssue {
      expectRefused(["none": .zeroShare(shareOfZeros)])
    }
    withKnownIssue {
      expectMutantsRefused(
        of: shareOfZeros, spoiledBy: [Change("unchanged") { $0 }]
      ) { mutant in .zeroShare { mutant($0) } }
    }
  }
}
