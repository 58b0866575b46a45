import Shared

extension Page {
  /// Runs one part of a chapter: always, or when `--only` names it.
  ///
  /// - Parameters:
  ///   - name: As `--only` takes it; one of the chapter's `parts`.
  ///   - body: What the part says and does.
  public func part(_ name: String, _ body: () throws -> Void) rethrows {
    if options.only == nil || options.only == name { try body() }
  }

  /// One of three values: for the lesson, a quick run, or a part that was asked
  /// for by its name and has all the time it needs.
  public func full<Value>(_ value: Value, quick: Value, long: Value) -> Value {
    isQuick ? quick : options.only == nil ? value : long
  }
}

extension Flag {
  /// The flags of a chapter whose parts and trainings can be had alone.
  static let ofLab: [Flag] = [
    Flag(
      name: "--only", valueName: "PART", takes: "the name of a part",
      help: "one part, in its long form; saves its figures only", group: .lab
    ) { options, value in
      options.only = value.lowercased()
      return !value.isEmpty
    },
    Flag(
      name: "--retrain", valueName: "NAME", takes: "the name of a training",
      help: "train a defence anew and use it; `list` names them", group: .lab
    ) { options, value in
      options.retrain = value.lowercased()
      return !value.isEmpty
    },
  ]
}
