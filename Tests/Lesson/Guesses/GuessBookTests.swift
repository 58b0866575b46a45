import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct GuessBookTests {
  private func entry(
    _ name: String, _ guess: Double, _ outcome: Double, percent: Bool = true
  ) -> GuessBook.Entry {
    GuessBook.Entry(
      chapter: "05-Attacks", name: name, question: "?", guess: guess,
      outcome: outcome, isPercent: percent, guessInWords: "", outcomeInWords: ""
    )
  }

  @Test func `what is saved is read again`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      #expect(try GuessBook(in: workspace) == GuessBook())
      var book = GuessBook()
      book.add(entry("FGSM", 0.9, 0.87))
      book.add(entry("FGSM", 0.9, 0.86))
      try book.save(in: workspace)
      let again = try GuessBook(in: workspace)
      #expect(again == book)
      #expect(again.entries.map(\.outcome) == [0.86])
      #expect(again.guess("FGSM", chapter: "05-Attacks") == 0.9)
      #expect(again.guess("FGSM", chapter: "06-Security") == nil)
    }
  }

  @Test(arguments: [
    "", "{", "[]", "{\"entries\": 3}",
    #"{"entries": [{"chapter": "c", "name": "n", "question": "q", "guess": "#
      + #"1e300, "outcome": 0, "isPercent": false, "guessInWords": "", "#
      + #""outcomeInWords": ""}]}"#,
  ])
  func `a damaged record is named and left alone`(text: String) throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      let url = folder.appendingPathComponent(GuessBook.fileName)
      try Data(text.utf8).write(to: url)
      #expect(throws: TutorialError.self) { try GuessBook(in: workspace) }
      #expect(try Data(contentsOf: url) == Data(text.utf8))
    }
  }

  @Test func `calibration in a case small enough to check on paper`() {
    var book = GuessBook()
    book.add(entry("a", 0.90, 0.80))  // 10 too high
    book.add(entry("b", 0.50, 0.20))  // 30 too high
    book.add(entry("c", 0, 2, percent: false))
    book.add(entry("d", 1, 1, percent: false))
    #expect(
      book.calibration
        == "Your percentages were off by 20.0 points on average; 1 of 2 within "
        + "ten. They were mostly too high, by 20.0 points on average. Of 2 "
        + "choices you got 1 right.")
  }

  @Test func `errors in both directions are no bias`() {
    var book = GuessBook()
    book.add(entry("a", 0.3, 0.5))
    book.add(entry("b", 0.7, 0.5))
    #expect(book.calibration.contains("no bias"))
  }
}
