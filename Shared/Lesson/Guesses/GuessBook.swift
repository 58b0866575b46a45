import Shared

/// What a learner guessed in all chapters, and what came out.
///
/// Lives in the output folder. The first guess at a question counts: at the
/// second run one knows.
struct GuessBook: LearnerRecord, Equatable {
  struct Entry: Codable, Equatable {
    var chapter: String
    var name: String
    var question: String
    /// The guess and the outcome: shares 0...1, or numbers of choices.
    var guess: Double
    var outcome: Double
    var isPercent: Bool
    /// Both as they were said.
    var guessInWords: String
    var outcomeInWords: String
  }

  static let fileName = "guesses.json"
  static let contents = "your guesses are"
  private(set) var entries: [Entry] = []

  init() {}

  var isPlausible: Bool {
    entries.allSatisfy { entry in
      let range = entry.isPercent ? 0...1.0 : 0...100
      return range.contains(entry.guess) && range.contains(entry.outcome)
    }
  }

  /// What was guessed before at a question.
  func guess(_ name: String, chapter: String) -> Double? {
    entries.first { $0.name == name && $0.chapter == chapter }?.guess
  }

  mutating func add(_ entry: Entry) {
    entries.removeAll { $0.name == entry.name && $0.chapter == entry.chapter }
    entries.append(entry)
  }
}

extension GuessBook {
  /// How well a learner knows what will happen.
  ///
  /// Of the percentages, how far they were off and in which direction; of the
  /// choices, how many were right.
  var calibration: String {
    let percentages = entries.filter(\.isPercent)
    let choices = entries.filter { !$0.isPercent }
    var sentences: [String] = []
    if !percentages.isEmpty {
      let errors = percentages.map { ($0.guess - $0.outcome) * 100 }
      let mean = errors.map(abs).reduce(0, +) / Double(errors.count)
      let bias = errors.reduce(0, +) / Double(errors.count)
      let near = errors.count { abs($0) <= 10 }
      sentences.append(
        "Your percentages were off by \(mean.decimals(1)) points on average; "
          + "\(near) of \(errors.count) within ten.")
      sentences.append(
        abs(bias) < mean / 2
          ? "They erred in both directions: no bias to speak of."
          : "They were mostly too \(bias > 0 ? "high" : "low"), by "
            + "\(abs(bias).decimals(1)) points on average.")
    }
    if !choices.isEmpty {
      let right = choices.count { $0.guess == $0.outcome }
      sentences.append(
        "Of \(choices.count) choices you got \(right) right.")
    }
    return sentences.joined(separator: " ")
  }
}
