import Testing

@testable import Shared

/// Grading itself, on a task that fits on a line: twice a number.
@Suite struct GradedTaskTests {
  private struct Mishap: Error {}

  private let task = GradedTask<Int, Int>(
    questions: [.init("twice 1", 1), .init("twice 5", 5)],
    reference: { 2 * $0 },
    difference: { Difference.between(exactly: $0, $1, at: "the number") },
    misconceptions: [
      .init("squared", "That is another power.", answer: { $0 * $0 }),
      .init("plus one", "Twice is not one more.", answer: { $0 + 1 }),
    ],
    invariants: [
      .init("odd", "Twice a number is even.") { _, answer in
        answer % 2 == 0
          ? nil
          : Difference(place: "parity", expected: "even", came: "\(answer)")
      }
    ])

  private func grade(_ attempt: @escaping @Sendable (Int) throws -> Int) throws
    -> Verdict
  {
    try Exercise(
      "3b", "twice", hints: ["a", "b", "c"], task: task,
      attempt: attempt
    ).verdict()
  }

  @Test func `right answers pass, whoever writes them`() throws {
    #expect(try grade { 2 * $0 } == .solved)
    #expect(try grade { $0 + $0 } == .solved)
  }

  @Test func `a stub is neither right nor wrong`() throws {
    #expect(try grade { _ in throw Unsolved() } == .unsolved)
  }

  @Test func `another error is not swallowed`() {
    #expect(throws: Mishap.self) { try grade { _ in throw Mishap() } }
  }

  @Test func `a known mistake is named with the question that shows it`() throws
  {
    #expect(
      try grade { $0 * $0 }
        == .refused(
          Refusal(
            question: "twice 1",
            difference: Difference(
              place: "the number", expected: "2", came: "1"),
            misconception: Diagnosis(
              name: "squared", explanation: "That is another power."))))
    // Right by chance at 1, so the second question shows it.
    #expect(
      try grade { $0 + 1 }
        == .refused(
          Refusal(
            question: "twice 5",
            difference: Difference(
              place: "the number", expected: "10", came: "6"),
            misconception: Diagnosis(
              name: "plus one", explanation: "Twice is not one more."))))
  }

  @Test func `a broken rule is named where no mistake fits`() throws {
    guard case .refused(let refusal) = try grade({ 2 * $0 + 5 }) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.misconception?.name == "odd")
    #expect(refusal.difference.came == "7")
  }

  @Test func `an unknown mistake is refused without a name`() throws {
    guard case .refused(let refusal) = try grade({ 2 * $0 + 6 }) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.misconception == nil)
  }

  @Test func `questions are told before they are asked`() throws {
    var told: [String] = []
    let exercise = Exercise(
      "W4", "twice", hints: [], task: task, attempt: { 2 * $0 })
    _ = try exercise.verdict { told.append($0) }
    #expect(told == ["twice 1", "twice 5"])
    #expect(exercise.number == "W4")
    #expect(exercise.misconceptionNames == ["squared", "plus one", "odd"])
  }
}
