import Testing

@testable import Shared

/// What grading an attempt came to, in one word or the mistake's name.
func graded(_ exercise: Exercise) throws -> String {
  switch try exercise.verdict() {
  case .unsolved: "unsolved"
  case .solved: "solved"
  case .refused(let refusal): refusal.misconception?.name ?? "refused"
  }
}

/// Expects each wrong answer to be refused by its own name, and a wrong answer
/// for every name that the catalogue has.
func expectDiagnoses(
  _ attempts: KeyValuePairs<String, Exercise>,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for (name, exercise) in attempts {
    let diagnosis = try graded(exercise)
    #expect(diagnosis == name, sourceLocation: sourceLocation)
  }
  let known = attempts.first?.value.misconceptionNames ?? []
  #expect(
    Set(attempts.map(\.key)) == Set(known), sourceLocation: sourceLocation)
  #expect(Set(known).count == known.count, sourceLocation: sourceLocation)
}
