import Foundation

/// Something for the learner to write: a function, what stands in for it until
/// it is right, and what it takes to judge it.
///
/// A chapter makes one from each stub in its `Exercises.swift`:
///
///     let box = Exercise.projectedPixel(projectedPixel)
///
/// The left name is the catalogue's (task, library's answer, wrong answers), the
/// right one is the learner's function. Grading calls that function, so it may
/// crash or never return: a chapter grades in a child process.
public struct Exercise<Function: Sendable>: Gradable {
  public let name: String
  public let title: String
  public let summary: String
  public let level: Level
  public let hints: [String]
  public let secondsAllowed: Double
  /// The library's answer: what runs until the learner's is right.
  public let library: Function
  /// The learner's answer, right or not.
  let own: Function
  let misconceptionNames: [String]
  let grade:
    @Sendable (_ attempt: Function, _ note: (String) -> Void) -> Verdict

  /// Ties a task to the learner's function.
  ///
  /// - Parameters:
  ///   - name: `6b`.
  ///   - level: How hard it is, as in the stub's heading.
  ///   - title: What it is about, as there.
  ///   - summary: What is to be done, in one sentence of Markdown.
  ///   - hints: A question, a nudge, and almost the answer.
  ///   - own: The learner's function.
  ///   - library: The library's.
  ///   - task: What is asked, and which mistakes are known.
  ///   - secondsAllowed: How long a check may take; an honest one takes a fifth
  ///     of that.
  ///   - answer: Puts a question to a function, the learner's or the library's.
  init<Input, Answer>(
    _ name: String, _ level: Level, _ title: String, summary: String,
    hints: [String], own: Function, library: Function,
    task: GradedTask<Input, Answer>, secondsAllowed: Double = 10,
    answer: @escaping @Sendable (Function, Input) -> Answer
  ) {
    self.name = name
    self.level = level
    self.title = title
    self.summary = summary
    self.hints = hints
    self.secondsAllowed = secondsAllowed
    self.own = own
    self.library = library
    misconceptionNames =
      task.misconceptions.map(\.name) + task.invariants.map(\.name)
      + task.shortcomings.map(\.name)
    grade = { attempt, note in
      task.verdict(
        on: { answer(attempt, $0) }, reference: { answer(library, $0) },
        note: note)
    }
  }

  public func verdict(note: (String) -> Void = { _ in }) -> Verdict {
    grade(own, note)
  }
}

/// How hard an exercise is.
public enum Level: String, Sendable {
  case warmUp = "warm-up"
  case beginner, intermediate, advanced
}

/// An exercise, whatever the type of the function to write.
public protocol Gradable: Sendable {
  /// `6b`: the number, and a letter where the exercise has several steps.
  var name: String { get }
  /// What it is about, in a few words.
  var title: String { get }
  /// What is to be done: one sentence of at most 110 characters, in Markdown.
  var summary: String { get }
  /// How hard it is.
  var level: Level { get }
  /// Three hints: a question, a nudge, and almost the answer.
  var hints: [String] { get }
  /// How long a check may take.
  var secondsAllowed: Double { get }

  /// Calls the learner's function and judges what it returns.
  ///
  /// - Parameter note: Told what is about to be computed, before each call.
  /// - Returns: Solved, or refused with the reason.
  func verdict(note: (String) -> Void) -> Verdict
}

extension Gradable {
  /// `6` of `6b`.
  public var number: String {
    name.last?.isLetter == true ? String(name.dropLast()) : name
  }
}

/// What a stub calls until somebody has filled it in.
///
/// It says which stub that is and ends the program: a chapter never calls a
/// function that has not been graded, and the process that grades it is a child.
public func unsolved(file: String = #filePath, line: Int = #line) -> Never {
  fflush(nil)
  FileHandle.standardError.write(
    Data("error: \(file):\(line) is still a stub\n".utf8))
  _exit(CheckProcess.stubCode)
}
