import Testing

@testable import Lesson
@testable import Shared

@Suite struct DifferenceTests {
  @Test func `the first place where tensors differ is named`() {
    let right = Tensor(shape: [2, 3], scalars: [1, 2, 3, 4, 5, 6])
    var wrong = right
    wrong.scalars[4] = 5.5
    wrong.scalars[5] = 0
    let found = Difference.between(right, wrong, at: "output")
    #expect(
      found
        == Difference(place: "output[1, 1]", expected: "5", actual: "5.5"))
  }

  @Test func `a wrong shape is said before any number`() {
    let found = Difference.between(
      Tensor(shape: [2, 3]), Tensor(shape: [3, 2], repeating: 1), at: "x")
    #expect(found?.place == "the shape of x")
    #expect(found?.expected == "[2, 3]")
    #expect(found?.actual == "[3, 2]")
  }

  @Test func `rounding is no difference, not-a-number always is`() {
    let right = Tensor([0.25, 100])
    #expect(
      Difference.between(right, Tensor([0.250001, 100]), at: "x") == nil)
    #expect(Difference.between(right, Tensor([0.2504, 100]), at: "x") != nil)
    #expect(Difference.between(right, Tensor([.nan, 100]), at: "x") != nil)
    #expect(Difference.between(1, .nan, at: "x") != nil)
    #expect(Difference.between(0, 0.00005, at: "x") == nil)
    #expect(Difference.between(0, 0.0005, at: "x") != nil)
  }

  @Test func `small tensors are compared on their own scale`() {
    #expect(Difference.between(Tensor([1e-3]), Tensor([2e-3]), at: "x") != nil)
  }

  @Test func `lists of another length differ`() {
    let found = Difference.between([1, 2], [1], at: "points")
    #expect(found?.place == "the length of points")
    #expect(Difference.between([1, 2], [1, 3], at: "p")?.place == "p[1]")
  }
}
