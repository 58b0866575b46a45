import Testing

@testable import Lesson
@testable import Shared

/// Expects answers to be refused of which each breaks one rule of its task, the
/// one that it is named after.
///
/// A wrong answer that passes is the gravest fault that a grader can have.
func expectRefused<Function>(
  _ mutants: KeyValuePairs<String, Exercise<Function>>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (rule, exercise) in mutants {
    #expect(
      exercise.verdict() != .solved, "\(exercise.name): \(rule)",
      sourceLocation: sourceLocation)
  }
}

/// Makes wrong answers from a right one, by changes of its results among others,
/// and expects all of them to be refused.
func expectMutantsRefused<each Input: Sendable, Answer: Sendable, Function>(
  of right: @escaping @Sendable (repeat each Input) -> Answer,
  spoiledBy changes: [Change<Answer>],
  sourceLocation: SourceLocation = #_sourceLocation,
  as exercise: (Mutant<repeat each Input, Answer>) -> Exercise<Function>
) {
  for (name, mutant) in Mutant.all(of: right, spoiledBy: changes) {
    expectRefused([name: exercise(mutant)], sourceLocation: sourceLocation)
  }
}
