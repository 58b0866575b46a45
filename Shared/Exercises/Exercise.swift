/// Something for the learner to write, with what it takes to grade it.
///
/// A chapter makes one from each stub in its `Exercises.swift`:
///
///     Exercise.convolutionOutputSize(convolutionOutputSize)
///
/// The left name is the catalogue's (task, hints, right and wrong answers), the
/// right one is the learner's function. Grading calls that function, so it may
/// crash or never return: a chapter grades in a child process.
public struct Exercise: Sendable {
  /// `6b`: the number, and a letter where the exercise has several steps.
  public let name: String
  /// What it is about, in a few words.
  public let title: String
  /// Three hints: a question, a nudge, and almost the answer.
  public let hints: [String]
  /// The mistakes that grading knows by name.
  let misconceptionNames: [String]
  private let grade: @Sendable (_ note: (String) -> Void) throws -> Verdict

  /// Ties a task to the learner's function.
  ///
  /// - Parameters:
  ///   - name: `6b`.
  ///   - title: What it is about, as in the stub's heading.
  ///   - hints: A question, a nudge, and almost the answer.
  ///   - task: What is asked, and what is right.
  ///   - attempt: The learner's function.
  init<Input, Answer>(
    _ name: String, _ title: String, hints: [String],
    task: GradedTask<Input, Answer>,
    attempt: @escaping @Sendable (Input) throws -> Answer
  ) {
    self.name = name
    self.title = title
    self.hints = hints
    misconceptionNames =
      task.misconceptions.map(\.name) + task.invariants.map(\.name)
    grade = { try task.verdict(on: attempt, note: $0) }
  }

  /// `6` of `6b`.
  public var number: String {
    name.last?.isLetter == true ? String(name.dropLast()) : name
  }

  /// Calls the learner's function and judges what it returns.
  ///
  /// - Parameter note: Told what is about to be computed, before each call.
  /// - Returns: Unsolved, solved, or refused with the reason.
  /// - Throws: Whatever the learner's function throws, other than `Unsolved`.
  func verdict(note: (String) -> Void = { _ in }) throws -> Verdict {
    do {
      return try grade(note)
    } catch is Unsolved {
      return .unsolved
    }
  }
}

/// What a stub throws until somebody has filled it in.
public struct Unsolved: Error {
  /// Says that there is no answer yet.
  public init() {}
}
