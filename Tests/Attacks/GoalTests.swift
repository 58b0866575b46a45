import Testing

@testable import Shared

@Suite struct GoalTests {
  @Test func `any wrong answer will do`() {
    let goal = Goal.avoid(3)
    #expect(
      (0..<10).filter { goal.isMet(by: $0) } == [0, 1, 2, 4, 5, 6, 7, 8, 9])
    #expect(goal.label == 3)
    #expect(goal.target == nil)
  }

  @Test func `only one wrong answer will do`() {
    let goal = Goal.reach(7, from: 3)
    #expect((0..<10).filter { goal.isMet(by: $0) } == [7])
    #expect(goal.label == 3)
    #expect(goal.target == 7)
    #expect(goal != .reach(7, from: 4))
    #expect(goal != .avoid(3))
  }

  @Test func `the right class is no target`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Goal.reach(3, from: 3) }
    expectMessage(of: result, contains: "the target is 3, the right class")
  }
}
