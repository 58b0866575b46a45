extension Flag {
  /// The flags that deal with exercises; all chapters take them.
  static let ofExercises: [Flag] = [
    Flag(
      name: ExerciseCommand.Action.board.rawValue,
      help: "list the exercises and how far you are"
    ) { options, _ in
      options.exerciseCommand = ExerciseCommand(action: .board)
      return true
    },
    command(.check, "grade your answer to an exercise"),
    command(.hint, "show the next of three hints"),
    command(.solution, "show how the solution differs from yours"),
    command(.reset, "put the stub back, keep a copy of yours"),
    command(.watch, "grade again whenever you save, until Control-C"),
  ]

  private static func command(_ action: ExerciseCommand.Action, _ help: String)
    -> Flag
  {
    Flag(
      name: action.rawValue, valueName: "N",
      takes: "an exercise such as 6 or 6b", help: help
    ) { options, value in
      options.exerciseCommand = ExerciseCommand(
        action: action, exercise: value.lowercased())
      return value.wholeMatch(of: /[wW]?\d{1,2}[a-z]?/) != nil
    }
  }
}
