import Foundation

extension Page {
  /// The learner's function if it has passed its check, else the library's.
  ///
  /// Says on the page which of the two it is. The check runs in a process of
  /// its own, so nothing the learner wrote can stop the chapter.
  public func exercise<Function>(_ exercise: Exercise<Function>) -> Function {
    solution(of: exercise, until: "the library's version runs")
      ?? exercise.library
  }

  /// The same, where something simpler than the library's function stands in.
  ///
  /// - Parameters:
  ///   - exercise: What the learner may write.
  ///   - words: What happens until then, for the page.
  ///   - substitute: What runs until then.
  /// - Returns: One of the two.
  public func exercise<Function>(
    _ exercise: Exercise<Function>, until words: String,
    runs substitute: Function
  ) -> Function {
    solution(of: exercise, until: words) ?? substitute
  }

  /// The functions of several steps, in one box.
  public func exercises<each Function: Sendable>(
    _ exercises: repeat Exercise<each Function>
  ) -> (repeat each Function) {
    let own = solutions(of: repeat each exercises)
    return (repeat (each own) ?? (each exercises).library)
  }

  /// The learner's functions, nil where one has not passed its check; one box
  /// tells of all.
  public func solutions<each Function: Sendable>(
    of exercises: repeat Exercise<each Function>
  ) -> (repeat (each Function)?) {
    var box = BoxInTheMaking(page: self)
    let own = (repeat box.take(each exercises))
    add(.exercise(box.finished(until: "the library's version runs")))
    return own
  }

  private func solution<Function>(
    of exercise: Exercise<Function>, until words: String
  ) -> Function? {
    var box = BoxInTheMaking(page: self)
    let own = box.take(exercise)
    add(.exercise(box.finished(until: words)))
    return own
  }
}

/// Checks steps one by one, and collects what to say of them.
private struct BoxInTheMaking {
  let page: Page
  private let stubs: StubFile?
  private var steps: [ExerciseBox.Step] = []
  private var open: [any Gradable] = []

  init(page: Page) {
    self.page = page
    stubs = try? StubFile(contentsOf: StubFile.url(of: page.chapter))
  }

  /// The learner's function if it passes.
  mutating func take<Function>(_ exercise: Exercise<Function>) -> Function? {
    let (isSolved, state) = check(exercise)
    page.record("exercise.\(exercise.name)", isSolved)
    let comment = stubs?[exercise.name]?.lines.dropFirst().prefix {
      $0.hasPrefix("//")
    }
    steps.append(
      ExerciseBox.Step(
        name: exercise.name,
        text: Inline.parse("\(exercise.name) (\(exercise.title)) \(state)"),
        task: (comment ?? []).map {
          String($0.dropFirst(2).drop { $0 == " " })
        }.trimmed,
        hints: exercise.hints))
    return isSolved ? exercise.own : nil
  }

  /// The box, and what holds until the open steps are written.
  func finished(until words: String) -> ExerciseBox {
    guard let first = open.first else {
      return ExerciseBox(steps: steps, ending: [])
    }
    let name = open.count > 1 ? first.number : first.name
    return ExerciseBox(
      steps: steps,
      ending: Inline.parse(
        " Until then \(words); `swift run \(page.chapter) --check \(name)` "
          + "grades yours."))
  }

  private mutating func check<Function>(_ exercise: Exercise<Function>)
    -> (isSolved: Bool, state: String)
  {
    let command = "`swift run \(page.chapter) --check \(exercise.name)`"
    let outcome: CheckProcess.Outcome
    do {
      outcome = try CheckProcess(exercise: exercise).run().outcome
    } catch {
      return (false, "could not be checked, so the library's runs. \(error)")
    }
    switch outcome {
    case .verdict(.solved):
      return (true, "is solved. From here on your version runs.")
    case .stub(let line):
      if let other = stubs?.region(atLine: line), other.name != exercise.name {
        return (
          false,
          "calls \(other.name), which is still a stub, so the library's "
            + "version runs."
        )
      }
      open.append(exercise)
      return (
        false,
        "is yours to write: \(place(of: exercise.name)). \(exercise.summary)"
      )
    case .verdict(.refused(let refusal)):
      let why = refusal.misconception.map { " (\($0.name))" } ?? ""
      return (
        false,
        "is not right yet\(why), so the library's runs; \(command) tells more."
      )
    case .crashed, .tooLong:
      return (
        false,
        "does not come to an end, so the library's runs; \(command) tells more."
      )
    }
  }

  /// Where a stub is, as an editor takes it.
  private func place(of name: String) -> String {
    let path = page.relativePath(StubFile.url(of: page.chapter))
    let line = stubs?[name]?.firstLine
    return "`\(path)\(line.map { ":\($0)" } ?? "")`"
  }
}

extension [String] {
  /// Without empty lines at both ends.
  fileprivate var trimmed: [String] {
    guard let first = firstIndex(where: { !$0.isEmpty }),
      let last = lastIndex(where: { !$0.isEmpty })
    else { return [] }
    return Array(self[first...last])
  }
}
