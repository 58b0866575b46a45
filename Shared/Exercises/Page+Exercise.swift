import Foundation

extension Page {
  /// The learner's function if it has passed its check, else the library's.
  ///
  /// Says on the page which of the two it is. The check runs in a process of
  /// its own, so nothing the learner wrote can stop the chapter.
  ///
  /// - Parameters:
  ///   - name: The exercise, `6b`.
  ///   - own: The learner's function.
  ///   - library: What stands in until the learner's is right.
  /// - Returns: One of the two.
  public func exercise<Function>(
    _ name: String, own: Function, library: Function
  ) -> Function {
    guard let exercise = exercises.first(where: { $0.name == name }),
      let program = Bundle.main.executableURL
    else { return library }
    let command = "`swift run \(chapter) --check \(name)`"
    let title = "\(name) (\(exercise.title))"
    let outcome: CheckProcess.Outcome
    do {
      outcome = try CheckProcess(exercise: name, program: program).run().outcome
    } catch {
      say("**Careful:** \(error) So the library's version of \(title) runs.")
      return library
    }
    record("exercise.\(name)", outcome == .verdict(.solved))
    switch outcome {
    case .verdict(.solved):
      say("**Exercise:** \(title) is solved. From here on your version runs.")
      return own
    case .verdict(.unsolved):
      say(
        "**Exercise:** \(title) is yours to write: \(place(of: name)). Until "
          + "then the library's version runs; \(command) grades yours.")
    case .verdict(.refused(let refusal)):
      let why = refusal.misconception.map { " (\($0.name))" } ?? ""
      say(
        "**Exercise:** your version of \(title) is not right yet\(why), so "
          + "the library's runs; \(command) tells more.")
    case .crashed, .tooLong:
      say(
        "**Exercise:** your version of \(title) does not come to an end, so "
          + "the library's runs; \(command) tells more.")
    }
    return library
  }

  /// Where a stub is, as an editor takes it.
  func place(of name: String) -> String {
    let url = StubFile.url(of: chapter)
    let line = (try? StubFile(contentsOf: url))?[name]?.firstLine
    return "`\(relativePath(url))\(line.map { ":\($0)" } ?? "")`"
  }
}
