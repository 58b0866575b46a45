/// All exercises of all chapters, and how far the learner is with each.
struct ExerciseBoard {
  let record: ExerciseRecord

  /// - Throws: A `TutorialError` if the record is damaged.
  init(in workspace: Workspace) throws {
    record = try ExerciseRecord(in: workspace)
  }

  /// A table a chapter, and a sentence that counts.
  var blocks: [Block] {
    get throws {
      var states: [ExerciseRecord.State] = []
      var blocks: [Block] = []
      for chapter in ChapterName.allCases.map(\.rawValue) {
        let stubs = try StubFile(contentsOf: StubFile.url(of: chapter))
        let solutions = try StubFile(
          contentsOf: StubFile.solutionsURL(of: chapter))
        guard !stubs.regions.isEmpty else { continue }
        let rows = stubs.regions.map { region in
          let state = record.state(
            of: region, stub: solutions[region.name]?.stub)
          states.append(state)
          return row(region, state)
        }
        blocks.append(
          .table(
            Table(
              title: "`Chapters/\(chapter)/Exercises.swift`",
              columns: ["line", "no.", "exercise", "state", "hints"],
              rows: rows)))
      }
      let solved = states.count { $0 == .solved }
      return blocks + [
        .prose(
          Prose.parse(
            "\(solved) of \(states.count) steps solved. `--check N` grades "
              + "one, `--hint N` helps with it."))
      ]
    }
  }

  private func row(_ region: StubFile.Region, _ state: ExerciseRecord.State)
    -> [String]
  {
    let entry = record[region.name]
    return [
      "\(region.firstLine)", region.name, region.title,
      state.rawValue + (entry.hasSeenSolution ? " (seen)" : ""),
      "\(entry.hints) of 3",
    ]
  }
}
