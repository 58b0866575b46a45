import Testing

@testable import Lesson
@testable import Shared

@Suite struct SideBySideTests {
  @Test func `numbers line up, titles stand above`() {
    let one = Tensor(shape: [2, 2], scalars: [1, -2, 10, -0.2])
    let image = Tensor(shape: [1, 2, 1, 1], scalars: [3, 4])
    let lines = sideBySide([("one", one), ("an image", image)])
    #expect(
      lines.split(separator: "\n") == [
        "   one    an image", "  1 -2           3", " 10  0           4",
      ])
  }

  @Test func `without a title there is no empty line`() {
    let row = Tensor(shape: [1, 3], scalars: [0.25, -0.5, 0])
    #expect(sideBySide([("", row)], decimals: 2) == "  0.25 -0.50  0.00")
  }
}
