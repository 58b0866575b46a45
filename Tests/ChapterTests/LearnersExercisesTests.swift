import Foundation
import Lesson
import Shared
import Testing

/// The learner's own answers, graded as `--check` does it.
///
/// An exercise that is still a stub is skipped, a right one passes, a wrong one
/// fails with what `--check` says about it.
@Suite struct LearnersExercisesTests {
  @Test func `exercise 1`() throws { try grade("1", in: "03-Training") }
  @Test func `exercise 2`() throws { try grade("2", in: "03-Training") }
  @Test func `exercise 3`() throws { try grade("3", in: "03-Training") }
  @Test func `exercise 4`() throws { try grade("4", in: "03-Training") }
  @Test func `exercise 5`() throws { try grade("5", in: "03-Training") }
  @Test func `exercise 6`() throws { try grade("6", in: "05-Attacks") }
  @Test func `exercise 7`() throws { try grade("7", in: "06-Security") }
  @Test func `exercise 8`() throws { try grade("8", in: "06-Security") }
  @Test func `exercise 10`() throws { try grade("10", in: "06-Security") }
  @Test func `exercise 11`() throws { try grade("11", in: "06-Security") }
  @Test func `exercise 12`() throws { try grade("12", in: "06-Security") }
  @Test func `exercise 13`() throws { try grade("13", in: "06-Security") }
  @Test func `exercise 14`() throws { try grade("14", in: "06-Security") }
  @Test func `exercise 9`() throws { try grade("9", in: "05-Attacks") }
  @Test func `warm-up W1`() throws { try grade("W1", in: "01-Architecture") }
  @Test func `warm-up W2`() throws { try grade("W2", in: "02-Data") }
  @Test func `warm-up W3`() throws { try grade("W3", in: "03-Training") }
  @Test func `warm-up W4`() throws { try grade("W4", in: "04-Hooks") }
  @Test func `warm-up W5`() throws { try grade("W5", in: "05-Attacks") }

  private func grade(_ name: String, in chapter: String) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try runChapter(
      chapter, ["--check", name, "--output", folder.path])
    switch run.status {
    case 0: return
    case 3:
      try Test.cancel(
        "Exercise \(name) has a stub: `swift run \(chapter) --check \(name)`.")
    default: Issue.record("\(run.output)\(run.error)")
    }
  }
}
