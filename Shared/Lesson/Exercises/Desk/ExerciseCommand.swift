/// What a learner wants to do with an exercise instead of reading the chapter.
struct ExerciseCommand: Sendable, Equatable {
  /// The flag that asks for it.
  enum Action: String, Sendable {
    case board = "--exercises"
    case check = "--check"
    case hint = "--hint"
    case solution = "--solution"
    case reset = "--reset"
    case watch = "--watch"
  }

  var action: Action
  /// The exercise, such as `6` or `6b`, in lower case; empty for the board.
  var exercise = ""
}

extension ExerciseCommand {
  /// What the flags ask for; nil if they ask for the lesson.
  init?(_ options: Options) {
    guard let request = options.request,
      let action = Action(rawValue: request.flag)
    else { return nil }
    self.init(action: action, exercise: request.value.lowercased())
  }
}
