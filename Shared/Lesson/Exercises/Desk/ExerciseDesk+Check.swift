import Foundation

extension ExerciseDesk {
  /// Exit code of a check whose exercise is still a stub.
  static let unsolvedCode: Int32 = 3

  /// Grades some steps, says what came out, and keeps it.
  ///
  /// - Returns: 0 if all are right, 1 if one is wrong, else 3.
  /// - Throws: A `TutorialError` if a check cannot be made.
  func check(_ steps: [any Gradable]) throws -> Int32 {
    let url = StubFile.url(of: page.chapter)
    let isStale = page.isNewerThanProgram(url)
    if isStale {
      page.say(
        "**Careful:** \(page.relativePath(url)) is newer than this program, "
          + "which grades what it was built from. So nothing of this is "
          + "recorded; check again with `swift run`.")
    }
    // Fails before the work if the record is damaged.
    _ = try ExerciseRecord(in: page.workspace)
    var codes: [Int32] = []
    for exercise in steps {
      let region = try region(exercise)
      let result = try CheckProcess(exercise: exercise).run()
      report(result, on: exercise, at: region)
      let outcome = result.outcome
      codes.append(code(of: outcome))
      guard !isStale else { continue }
      // A hint may have been taken while the check ran.
      try ExerciseRecord.update(in: page.workspace) { record in
        record[exercise.name].checkedSHA256 = ExerciseRecord.sha256(region)
        record[exercise.name].isRight = outcome == .verdict(.solved)
      }
    }
    return codes.contains(1) ? 1 : codes.max() ?? 0
  }

  private func code(of outcome: CheckProcess.Outcome) -> Int32 {
    switch outcome {
    case .verdict(.solved): 0
    case .stub: Self.unsolvedCode
    default: 1
    }
  }

  private func report(
    _ result: CheckProcess.Result, on exercise: any Gradable,
    at region: StubFile.Region
  ) {
    let title = "**\(exercise.name) · \(exercise.title):**"
    let file = page.relativePath(StubFile.url(of: page.chapter))
    let help =
      "The task is in `\(file):\(region.firstLine)`; `--hint "
      + "\(exercise.name)` helps."
    switch result.outcome {
    case .verdict(.solved):
      page.say(
        "\(title) solved. `swift run \(page.chapter)` now works with your "
          + "version.")
    case .stub(let line):
      let other = stubs.region(atLine: line)?.name ?? exercise.name
      page.say(
        other == exercise.name
          ? "\(title) still a stub. \(help)"
          : "\(title) calls \(other), which is still a stub. Solve that one "
            + "first, or write out here what you need of it.")
    case .verdict(.refused(let refusal)):
      page.say("\(title) not right yet.")
      explain(refusal)
      page.say(help)
    case .crashed(let reason, let question, let line):
      page.say("\(title) your code crashed: \(reason.plain).")
      locate(question, line, file, "It happened")
      page.say(help)
    case .tooLong(let question, let line):
      page.say(
        "\(title) no answer after \(Int(exercise.secondsAllowed)) seconds. "
          + "Most likely a loop never ends.")
      locate(question, line, file, "It was")
      page.say(help)
    }
    let printed = result.printed.textLines.filter { !$0.isEmpty }.prefix(20)
    guard !printed.isEmpty else { return }
    page.say("Your code printed:")
    page.output(
      printed.map { $0.count > 200 ? "\($0.prefix(200)) …" : $0 }
        .joined(separator: "\n"))
  }

  private func explain(_ refusal: Refusal) {
    page.say("Asked for: \(refusal.question)")
    let difference = refusal.difference
    page.output(
      """
      where:    \(difference.place)
      expected: \(difference.expected)
      got:      \(difference.actual)
      """)
    guard let misconception = refusal.misconception else { return }
    page.say(
      "**Careful:** this looks like a known mistake, *\(misconception.name)*. "
        + misconception.explanation)
  }

  private func locate(
    _ question: String?, _ line: Int?, _ file: String, _ start: String
  ) {
    let place = line.map { " in `\(file):\($0)`" } ?? ""
    let when = question.map { " when asked for: \($0)" } ?? ""
    guard !place.isEmpty || !when.isEmpty else { return }
    page.say("\(start)\(place)\(when)")
  }
}

extension String {
  /// A reason without the point at its end.
  fileprivate var plain: String {
    hasSuffix(".") ? String(dropLast()) : self
  }
}
