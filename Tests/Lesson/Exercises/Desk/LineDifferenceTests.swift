import Testing

@testable import Lesson
@testable import Shared

@Suite struct LineDifferenceTests {
  @Test func `removed lines stand before those that replace them`() {
    let difference = LineDifference(
      from: ["a", "b", "c", "d"], to: ["a", "x", "c", "d", "e"])
    #expect(
      difference.lines == [
        .kept("a"), .removed("b"), .added("x"), .kept("c"), .kept("d"),
        .added("e"),
      ])
  }

  @Test(arguments: [
    (["a"], ["a"]), ([], ["a", "b"]), (["a", "b"], []),
    (["a", "b", "a", "c"], ["c", "a", "b", "a", "a"]),
  ])
  func `both texts can be read out of it`(old: [String], new: [String]) {
    let lines = LineDifference(from: old, to: new).lines
    func text(_ marks: String) -> [String] {
      lines.map(\.text).filter { marks.contains($0.prefix(1)) }
        .map { String($0.dropFirst(2)) }
    }
    #expect(text(" -") == old)
    #expect(text(" +") == new)
  }
}
