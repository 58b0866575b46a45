import Foundation

@testable import Lesson
@testable import Shared

extension FuzzFormat {
  static let guessBook = record(
    "guess book",
    GuessBook(),
    {
      var book = GuessBook()
      for (name, isPercent) in [("FGSM", true), ("depth", false)] {
        book.add(
          GuessBook.Entry(
            chapter: "05-Attacks", name: name, question: "ε?", guess: 1,
            outcome: 0.5, isPercent: isPercent, guessInWords: "all",
            outcomeInWords: "half"))
      }
      return book
    }())

  static let exerciseRecord = record(
    "exercise record",
    ExerciseRecord(),
    {
      var record = ExerciseRecord()
      record["6b"].hints = 2
      record["6b"].checkedSHA256 = "0f"
      record["1"].isRight = true
      return record
    }())

  private static func record<Record: LearnerRecord & Equatable>(
    _ name: String, _ seeds: Record...
  ) -> FuzzFormat {
    FuzzFormat(
      name,
      seeds: seeds.compactMap { try? $0.encoded() }.map {
        // Without the space around them, more faults hit names and numbers.
        parts(
          of: String(decoding: $0, as: UTF8.self)
            .replacing(/\s*\n\s*/, with: ""))
      }, words: jsonWords,
      read: { try Record(decoding: Data($0), name: "file") },
      fault: { record, _ in
        guard record.isPlausible else { return "is not plausible" }
        return try Record(decoding: record.encoded(), name: "file") == record
          ? nil : "is another record once it is written and read"
      })
  }
}
