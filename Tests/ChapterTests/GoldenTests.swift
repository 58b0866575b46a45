import Foundation
import Lesson
import Shared
import Testing

/// What every chapter says, on terminals and in a browser, word for word.
///
/// Compared only under `.ci/run`: a chapter is there to be edited. When a change
/// is meant, record anew and look at the difference before it is committed:
///
///     GOLDEN=record swift test --filter Golden
@Suite(
  .enabled(
    if: Golden.mode != nil,
    "Chapters may be edited; GOLDEN=check compares them with Tests/Golden."))
struct GoldenTests {
  @Test func `every chapter reads as recorded`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // A folder seen from the working directory has the same name everywhere.
    let arguments = [
      "--quick", "--no-pause", "--transcripts", "--output", "out",
    ]
    for chapter in chapters {
      let run = try runChapter(chapter, arguments, in: folder)
      try #require(run.status == 0, "\(chapter): \(run.error)")
    }
    let quick = folder.appendingPathComponent("out/quick")
    for name in Golden.fileNames {
      let file = quick.appendingPathComponent(name)
      let text = try Golden.masked(String(contentsOf: file, encoding: .utf8))
      if name.hasSuffix("-80.txt") {
        #expect(!text.contains("↪"), "\(name) breaks a line of code")
        #expect(text.count { $0 == "\n" } < 700, "\(name) is too long")
      }
      let golden = Golden.folder.appendingPathComponent(file.lastPathComponent)
      if Golden.mode == .record {
        try record(text, golden)
      } else {
        try compare(text, golden)
      }
    }
  }

  private func record(_ text: String, _ golden: URL) throws {
    try #require(
      PeakProbe.roundsOnce, "Record on a processor that fuses multiply-add.")
    try FileManager.default.createDirectory(
      at: Golden.folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: golden)
  }

  private func compare(_ text: String, _ golden: URL) throws {
    var (new, old) = (text, try String(contentsOf: golden, encoding: .utf8))
    if !PeakProbe.roundsOnce {
      new = Golden.withoutNumbers(new, isPage: golden.pathExtension == "html")
      old = Golden.withoutNumbers(old, isPage: golden.pathExtension == "html")
    }
    if let difference = Golden.firstDifference(new, old) {
      Issue.record(
        """
        \(golden.lastPathComponent), \(difference)
        If that is meant: GOLDEN=record swift test --filter Golden
        """)
    }
  }
}
