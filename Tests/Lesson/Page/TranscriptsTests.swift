import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct TranscriptsTests {
  @Test func `a run is saved at every width, without codes`() throws {
    let blocks: [Block] = [
      .section(number: 1, title: "One"),
      .prose(Prose.parse(String(repeating: "**word** ", count: 100))),
    ]
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      try Transcripts(blocks: blocks).write(to: workspace, chapter: "02-Two")
      for width in [60, 80, 120] {
        let text = try String(
          contentsOf: workspace.url("transcripts/02-Two-\(width).txt"),
          encoding: .utf8)
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("1\u{A0} One\n──────\n"))
        let longest = text.split(separator: "\n").map(\.count).max() ?? 0
        #expect(longest <= width && longest > width - 5)
        #expect(text.split { $0.isWhitespace }.count { $0 == "word" } == 100)
      }
    }
  }
}
