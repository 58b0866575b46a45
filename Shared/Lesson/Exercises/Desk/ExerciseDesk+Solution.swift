import Foundation
import Shared

extension ExerciseDesk {
  /// Shows what would have to change for each step, after a question if it is
  /// not solved.
  ///
  /// - Throws: A `TutorialError` if nobody is there to ask, or there is none.
  func showSolutions(_ steps: [any Gradable]) throws {
    let record = try ExerciseRecord(in: page.workspace)
    for exercise in steps {
      let region = try region(exercise)
      guard let solution = solutions[exercise.name] else {
        throw TutorialError(
          "\(StubFile.solutionsURL(of: page.chapter).path) has no solution of "
            + "\(exercise.name); restore it with `git checkout`.")
      }
      let isSolved =
        record.state(of: region, stub: solution.stub) == .solved
      guard try isSolved || mayShow(exercise) else { continue }
      page.say(
        "**\(exercise.name) · \(exercise.title).** Lines with a minus are "
          + "yours alone, lines with a plus the solution's alone.")
      show(LineDifference(from: region.lines, to: solution.lines))
      try ExerciseRecord.update(in: page.workspace) {
        $0[exercise.name].hasSeenSolution = true
      }
    }
  }

  private func mayShow(_ exercise: any Gradable) throws -> Bool {
    if page.options.force { return true }
    let question =
      "Exercise \(exercise.name) is not solved yet. Show its solution?"
    guard let answer = page.confirm(question) else {
      throw TutorialError(
        "Exercise \(exercise.name) is not solved yet (`--check "
          + "\(exercise.name)`); add `--force` to see its solution all the "
          + "same.")
    }
    return answer
  }

  private func show(_ difference: LineDifference) {
    let lines = difference.lines.map { line in
      switch line {
      case .kept: page.terminal.styled(line.text, .faint)
      case .removed: page.terminal.styled(line.text, .keyword)
      case .added: page.terminal.styled(line.text, .string)
      }
    }
    page.write("\n" + lines.joined(separator: "\n") + "\n\n")
  }

  /// Puts stubs back; the learner's file is copied to the output folder first.
  ///
  /// - Throws: A `TutorialError` if a file cannot be written.
  func reset(_ steps: [any Gradable]) throws {
    let url = StubFile.url(of: page.chapter)
    var file = stubs
    for exercise in steps {
      let region = try region(exercise)
      guard let stub = solutions[exercise.name]?.stub else {
        throw TutorialError(
          "\(StubFile.solutionsURL(of: page.chapter).path) does not know "
            + "\(exercise.name); restore it with `git checkout`.")
      }
      guard region.lines != stub else {
        page.say("Exercise \(exercise.name) is a stub already.")
        continue
      }
      file = StubFile(
        file.source(
          replacing: exercise.name, with: region.lines(puttingBack: stub)))
    }
    guard file != stubs else { return }
    let copy = try keepCopy(of: url)
    try writeFile(Data(file.source.utf8), to: url)
    page.say(
      "The stub is back in `\(page.relativePath(url))`; the file as it was is "
        + "`\(page.short(copy))`.")
  }

  /// `Output/kept/05-Attacks-1.swift`, with the next free number.
  private func keepCopy(of url: URL) throws -> URL {
    var number = 1
    func name() -> String { "kept/\(page.chapter)-\(number).swift" }
    while page.workspace.has(name()) { number += 1 }
    try page.workspace.write(readFile(url), to: name())
    return page.workspace.url(name())
  }
}
