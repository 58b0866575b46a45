import Testing

@testable import Lesson
@testable import Shared

/// Grading itself, on a task that fits on a line: twice a number.
@Suite struct GradedTaskTests {
  private let task = GradedTask<Int, Int>(
    questions: [.init("twice 1", 1), .init("twice 5", 5)],
    difference: { Difference.between(exactly: $0, $1, at: "the number") },
    misconceptions: [
      .init("squared", "That is another power.", answer: { $0 * $0 }),
      .init("plus one", "Twice is not one more.", answer: { $0 + 1 }),
    ],
    invariants: [
      .init("odd", "Twice a number is even.") { _, answer in
        answer % 2 == 0
          ? nil
          : Difference(place: "parity", expected: "even", actual: "\(answer)")
      }
    ])

  private typealias Twice = @Sendable (Int) -> Int

  private func exercise(_ own: @escaping Twice) -> Exercise<Twice> {
    Exercise(
      "3b", .beginner, "twice", summary: "Return twice the number.",
      hints: ["a", "b", "c"], own: own, library: { 2 * $0 }, task: task
    ) { $0($1) }
  }

  private func grade(_ own: @escaping Twice) -> Verdict {
    exercise(own).verdict()
  }

  @Test func `right answers pass, whoever writes them`() {
    #expect(grade { 2 * $0 } == .solved)
    #expect(grade { $0 + $0 } == .solved)
  }

  @Test func `a known mistake is named with the question that shows it`() throws
  {
    #expect(
      grade { $0 * $0 }
        == .refused(
          Refusal(
            question: "twice 1",
            difference: Difference(
              place: "the number", expected: "2", actual: "1"),
            misconception: Diagnosis(
              name: "squared", explanation: "That is another power."))))
    // Right by chance at 1, so the second question shows it.
    #expect(
      grade { $0 + 1 }
        == .refused(
          Refusal(
            question: "twice 5",
            difference: Difference(
              place: "the number", expected: "10", actual: "6"),
            misconception: Diagnosis(
              name: "plus one", explanation: "Twice is not one more."))))
  }

  @Test func `a broken rule is named where no mistake fits`() {
    guard case .refused(let refusal) = grade({ 2 * $0 + 5 }) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.misconception?.name == "odd")
    #expect(refusal.difference.actual == "7")
  }

  @Test func `an answer that fits a mistake once is not called by its name`() {
    guard case .refused(let refusal) = grade({ _ in 1 }) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.question == "twice 1")
    #expect(refusal.misconception?.name == "odd")
  }

  @Test func `an unknown mistake is refused without a name`() {
    guard case .refused(let refusal) = grade({ 2 * $0 + 6 }) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.misconception == nil)
  }

  @Test func `questions are told before they are asked`() {
    var told: [String] = []
    let exercise = exercise { 2 * $0 }
    _ = exercise.verdict { told.append($0) }
    #expect(told == ["twice 1", "twice 5"])
    #expect(exercise.number == "3")
    #expect(exercise.misconceptionNames == ["squared", "plus one", "odd"])
  }
}
