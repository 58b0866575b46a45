import Testing

@testable import Lesson
@testable import Shared

/// What grading an attempt came to, in one word or the mistake's name.
func graded(_ exercise: Exercise<some Sendable>) -> String {
  switch exercise.verdict() {
  case .solved: "solved"
  case .refused(let refusal): refusal.misconception?.name ?? "refused"
  }
}

/// Expects each wrong answer to be refused by its own name, and a wrong answer
/// for every name that the catalogue has.
func expectDiagnoses<Function>(
  _ attempts: KeyValuePairs<String, Exercise<Function>>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (name, exercise) in attempts {
    let diagnosis = graded(exercise)
    #expect(diagnosis == name, sourceLocation: sourceLocation)
  }
  let known = attempts.first?.value.misconceptionNames ?? []
  #expect(
    Set(attempts.map(\.key)) == Set(known), sourceLocation: sourceLocation)
  #expect(Set(known).count == known.count, sourceLocation: sourceLocation)
}

/// The same for attacks on a challenge.
func expectChallengeDiagnoses(
  _ attempts: [(name: String, attack: ChallengeAttack)],
  of exercise: (@escaping ChallengeAttack) -> Exercise<ChallengeAttack>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (name, attack) in attempts {
    let diagnosis = graded(exercise(attack))
    #expect(diagnosis == name, sourceLocation: sourceLocation)
  }
  let known = exercise { _ in }.misconceptionNames
  #expect(
    Set(attempts.map(\.name)) == Set(known), sourceLocation: sourceLocation)
  #expect(Set(known).count == known.count, sourceLocation: sourceLocation)
}
