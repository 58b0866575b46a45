import Foundation
import Shared

/// What a learner has done about the exercises so far.
///
/// Lives in the output folder; whoever deletes it loses only the record.
struct ExerciseRecord: LearnerRecord, Equatable {
  struct Entry: Codable, Equatable {
    /// How many hints have been shown, 0 to 3.
    var hints = 0
    /// Identifies the text that was last checked.
    var checkedSHA256: String?
    /// Whether that text was right.
    var isRight = false
    /// Whether the solution has been shown.
    var hasSeenSolution = false
  }

  /// How far an exercise is; edited means that it was not checked since.
  enum State: String {
    case untouched, tried, edited, solved
  }

  static let fileName = "exercises.json"
  static let contents = "the record of your exercises is"
  private var entries: [String: Entry] = [:]

  init() {}

  var isPlausible: Bool {
    entries.values.allSatisfy { (0...3).contains($0.hints) }
  }

  subscript(name: String) -> Entry {
    get { entries[name] ?? Entry() }
    set { entries[name] = newValue }
  }

  /// How far an exercise is, from what was recorded and what stands in the file.
  func state(of region: StubFile.Region, stub: [String]?) -> State {
    if region.lines == stub { return .untouched }
    let entry = self[region.name]
    guard entry.checkedSHA256 == Self.sha256(region) else { return .edited }
    return entry.isRight ? .solved : .tried
  }

  static func sha256(_ region: StubFile.Region) -> String {
    SHA256.hash(Data(region.text.utf8))
  }
}
