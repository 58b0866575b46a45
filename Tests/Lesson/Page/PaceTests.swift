import Testing

@testable import Lesson
@testable import Shared

@Suite struct PaceTests {
  @Test(
    arguments: [
      ("", .goOn), ("  ", .goOn), ("a", .answers), ("b", .again), ("B", .again),
      ("s", .skip),
      ("q", .leave), ("quit", .leave), (nil, .leave), ("?", .explain),
      ("x", .explain),
    ] as [(String?, PauseKey)])
  func `what a learner types at a pause`(line: String?, key: PauseKey) {
    #expect(PauseKey(line) == key)
  }
}
