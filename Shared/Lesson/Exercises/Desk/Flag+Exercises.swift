extension Flag {
  /// The flags that deal with exercises; all chapters take them.
  static let ofExercises: [Flag] = [
    request(.board, "list the exercises and how far you are"),
    request(.check, "grade your answer to an exercise"),
    request(.hint, "show the next of three hints"),
    request(.solution, "show how the solution differs from yours"),
    request(.reset, "put the stub back, keep a copy of yours"),
    request(.watch, "grade again whenever you save, until Control-C"),
  ]

  private static func request(_ action: ExerciseCommand.Action, _ help: String)
    -> Flag
  {
    let takesExercise = action != .board
    return Flag(
      name: action.rawValue, valueName: takesExercise ? "N" : nil,
      takes: "an exercise such as 6 or 6b", help: help
    ) { options, value in
      if let first = options.request {
        throw UsageError(
          "\(first.flag) and \(action.rawValue) are two wishes; give one.")
      }
      options.request = Options.Request(flag: action.rawValue, value: value)
      return !takesExercise
        || value.wholeMatch(of: /[wW]?\d{1,2}[a-zA-Z]?/) != nil
    }
  }
}
