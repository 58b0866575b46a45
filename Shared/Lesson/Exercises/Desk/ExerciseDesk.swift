import Foundation
import Shared

/// Carries out what a learner wants with an exercise instead of the lesson.
struct ExerciseDesk {
  let page: Page
  let exercises: [any Gradable]
  let stubs: StubFile
  let solutions: StubFile

  /// Reads the chapter's stubs and solutions.
  ///
  /// - Throws: A `TutorialError` if one cannot be read.
  init(_ page: Page, _ exercises: [any Gradable]) throws {
    self.page = page
    self.exercises = exercises
    stubs = try StubFile(contentsOf: StubFile.url(of: page.chapter))
    solutions = try StubFile(
      contentsOf: StubFile.solutionsURL(of: page.chapter))
  }

  /// Does it and returns the exit code.
  ///
  /// - Throws: A `UsageError` if there is no such exercise, a `TutorialError`
  ///   for everything else, with a sentence for the learner.
  func carryOut(_ command: ExerciseCommand) throws -> Int32 {
    guard command.action != .board else {
      try showBoard()
      return 0
    }
    let steps = try steps(for: command)
    switch command.action {
    case .board: break
    case .check: return try check(steps)
    case .hint: try hint(steps)
    case .solution: try showSolutions(steps)
    case .reset: try reset(steps)
    case .watch: try watch(command.exercise)
    }
    return 0
  }

  /// The steps that `6` or `6b` means.
  private func steps(for command: ExerciseCommand) throws -> [any Gradable] {
    let name = command.exercise
    let found = exercises.filter {
      [$0.name.lowercased(), $0.number.lowercased()].contains(name)
    }
    if !found.isEmpty { return found }
    for chapter in ChapterName.allCases.map(\.rawValue)
    where chapter != page.chapter {
      let other = try StubFile(contentsOf: StubFile.url(of: chapter))
      let belongs = other.regions.contains {
        $0.name.lowercased() == name || $0.name.lowercased().dropLast() == name
      }
      guard belongs else { continue }
      throw UsageError(
        "Exercise \(name) belongs to \(chapter): `swift run \(chapter) "
          + "\(command.action.rawValue) \(name)`.")
    }
    throw UsageError("There is no exercise \(name); `--exercises` lists them.")
  }

  /// The text of one exercise in the learner's file.
  ///
  /// - Throws: A `TutorialError` if its heading is gone.
  func region(_ exercise: any Gradable) throws -> StubFile.Region {
    guard let region = stubs[exercise.name] else {
      throw TutorialError(
        "\(StubFile.url(of: page.chapter).path) has no line that begins "
          + "`// EXERCISE \(exercise.name) · …`; put it back above your "
          + "function, so that this exercise can be found.")
    }
    return region
  }

  private func showBoard() throws {
    for block in try ExerciseBoard(in: page.workspace).blocks {
      page.print(block)
    }
  }

  /// The next hint; after the third, the third again.
  private func hint(_ steps: [any Gradable]) throws {
    let record = try ExerciseRecord(in: page.workspace)
    let open = try steps.first {
      record.state(
        of: try region($0), stub: solutions[$0.name]?.stub) != .solved
    }
    guard let exercise = open ?? steps.last else { return }
    let used = record[exercise.name].hints
    let index = min(used, exercise.hints.count - 1)
    page.say(
      "**Hint \(index + 1) of \(exercise.hints.count)** for exercise "
        + "\(exercise.name) (\(exercise.title)): \(exercise.hints[index])")
    if used >= exercise.hints.count {
      page.say(
        "That was the last one. `swift run \(page.chapter) --solution "
          + "\(exercise.name)` shows a solution.")
    }
    try ExerciseRecord.update(in: page.workspace) {
      $0[exercise.name].hints = index + 1
    }
  }
}
