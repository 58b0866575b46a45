import Foundation

extension Page {
  /// The learner's function if it has passed its check, else the library's.
  ///
  /// Says on the page which of the two it is. The check runs in a process of
  /// its own, so nothing the learner wrote can stop the chapter.
  ///
  /// - Parameters:
  ///   - exercise: What the learner may write.
  ///   - substitute: What runs in the place of the library's function.
  /// - Returns: One of the two.
  public func exercise<Function>(
    _ exercise: Exercise<Function>, otherwise substitute: Function? = nil
  ) -> Function {
    solution(of: exercise) ?? substitute ?? exercise.library
  }

  /// The learner's function if it has passed its check; says so on the page.
  public func solution<Function>(of exercise: Exercise<Function>) -> Function? {
    let name = exercise.name
    let command = "`swift run \(chapter) --check \(name)`"
    let title = "\(name) (\(exercise.title))"
    let outcome: CheckProcess.Outcome
    do {
      outcome = try CheckProcess(exercise: name).run().outcome
    } catch {
      say("**Careful:** \(error) So the library's version of \(title) runs.")
      return nil
    }
    record("exercise.\(name)", outcome == .verdict(.solved))
    switch outcome {
    case .verdict(.solved):
      say("**Exercise:** \(title) is solved. From here on your version runs.")
      return exercise.own
    case .stub(let line):
      if let other = try? stub(atLine: line), other.name != name {
        say(
          "**Exercise:** your version of \(title) calls \(other.name), which "
            + "is still a stub, so the library's version runs.")
        return nil
      }
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
    return nil
  }

  /// The exercise around a line of the learner's file.
  private func stub(atLine line: Int?) throws -> StubFile.Region? {
    try StubFile(contentsOf: StubFile.url(of: chapter)).region(atLine: line)
  }

  /// Where a stub is, as an editor takes it.
  private func place(of name: String) -> String {
    let url = StubFile.url(of: chapter)
    let line = (try? StubFile(contentsOf: url))?[name]?.firstLine
    return "`\(relativePath(url))\(line.map { ":\($0)" } ?? "")`"
  }
}
