extension Flag {
  /// The flags that deal with exercises; all chapters take them.
  static let ofExercises: [Flag] = [
    Flag(name: "--exercises", help: "list the exercises and how far you are") {
      options, _ in
      options.exerciseCommand = .board
      return true
    },
    command("--check", "grade your answer to an exercise") { .check($0) },
    command("--hint", "show the next of three hints") { .hint($0) },
    command("--solution", "show how the solution differs from yours") {
      .solution($0)
    },
    command("--reset", "put the stub back, keep a copy of yours") {
      .reset($0)
    },
    command("--watch", "grade again whenever you save, until Control-C") {
      .watch($0)
    },
  ]

  private static func command(
    _ name: String, _ help: String,
    _ make: @escaping @Sendable (String) -> ExerciseCommand
  ) -> Flag {
    Flag(
      name: name, valueName: "N", takes: "an exercise such as 6 or 6b",
      help: help
    ) { options, value in
      options.exerciseCommand = make(value.lowercased())
      return value.wholeMatch(of: /[wW]?\d{1,2}[a-z]?/) != nil
    }
  }
}
