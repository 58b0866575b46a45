import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ExerciseRecordTests {
  private let stub = ["// EXERCISE 1 · beginner · x", "func f() {", "}"]

  private func region(_ lines: [String]) -> StubFile.Region {
    StubFile.Region(
      name: "1", level: "beginner", title: "x", firstLine: 1, lines: lines)
  }

  @Test func `a state follows from the record and the text together`() {
    var record = ExerciseRecord()
    let edited = region(stub + ["// more"])
    #expect(record.state(of: region(stub), stub: stub) == .untouched)
    #expect(record.state(of: edited, stub: stub) == .edited)
    record["1"].checkedSHA256 = ExerciseRecord.sha256(edited)
    #expect(record.state(of: edited, stub: stub) == .tried)
    record["1"].isRight = true
    #expect(record.state(of: edited, stub: stub) == .solved)
    #expect(record.state(of: region(stub + ["// y"]), stub: stub) == .edited)
    #expect(record.state(of: region(stub), stub: stub) == .untouched)
  }

  @Test func `it comes back from its file`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      var record = try ExerciseRecord(in: workspace)
      #expect(record == ExerciseRecord())
      record["6b"].hints = 2
      record["6b"].hasSeenSolution = true
      try record.save(in: workspace)
      #expect(try ExerciseRecord(in: workspace) == record)
    }
  }

  @Test(arguments: ["", "[]", "{\"entries\": {\"1\": 7}}"])
  func `a damaged file is named`(text: String) throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      try workspace.write(Data(text.utf8), to: ExerciseRecord.fileName)
      let error = #expect(throws: TutorialError.self) {
        try ExerciseRecord(in: workspace)
      }
      #expect(error?.description.contains("exercises.json is damaged") == true)
    }
  }

  @Test(arguments: [-1, 4])
  func `a number of hints that nobody can have taken is damage`(hints: Int)
    throws
  {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      var record = ExerciseRecord()
      record["6b"].hints = hints
      try record.save(in: workspace)
      let error = #expect(throws: TutorialError.self) {
        try ExerciseRecord(in: workspace)
      }
      #expect(error?.description.contains("is damaged; delete it") == true)
    }
  }
}
