import Testing

/// Expects a chapter to refuse in one sentence.
@discardableResult
func expectRefusal(
  _ chapter: String, _ arguments: [String], status: Int32, naming text: String
) throws -> ChapterRun {
  let run = try runChapter(chapter, arguments)
  #expect(run.status == status, "\(run.error)")
  #expect(run.error.hasPrefix("error: "), "\(run.error)")
  #expect(run.error.contains(text), "\(run.error)")
  let lines = run.error.split(separator: "\n")
  #expect(lines.count == 1, "\(run.error)")
  return run
}
