/// What a page says about an exercise: its steps, each with its state.
struct ExerciseBox: Sendable, Equatable {
  /// One step, a function to write.
  struct Step: Sendable, Equatable {
    /// `6b`.
    var name: String
    /// What became of it, and what is to be done.
    var text: [Inline]
    /// The whole task, from the stub's comment; empty if it is gone.
    var task: [String]
    var hints: [String]
  }

  var steps: [Step]
  /// What holds for the steps that are still to be written.
  var ending: [Inline]
}
