/// What a learner wants to do with an exercise instead of reading the chapter.
enum ExerciseCommand: Sendable, Equatable {
  case board
  case check(String)
  case hint(String)
  case solution(String)
  case reset(String)
  case watch(String)
}
