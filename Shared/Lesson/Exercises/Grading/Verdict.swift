/// What grading an exercise came to.
public enum Verdict: Sendable, Equatable, Codable {
  case solved
  case refused(Refusal)

  /// Nothing could be asked, as a file that the questions are made of cannot be
  /// read.
  static func unasked(_ error: any Error) -> Verdict {
    .refused(
      Refusal(
        question: "nothing: what the questions are made of cannot be read",
        difference: Difference(
          place: "the files that ship with the package", expected: "readable",
          actual: "\(error)")))
  }
}

/// Why an answer is wrong.
public struct Refusal: Sendable, Equatable, Codable {
  /// What was asked: the worked example, or one of the random cases.
  var question: String
  /// Where the answer differs, and from what.
  var difference: Difference
  /// The known mistake that gives this very answer; nil if it is a new one.
  var misconception: Diagnosis?
}

/// A known misconception.
public struct Diagnosis: Sendable, Equatable, Codable {
  /// A few words, such as "no projection".
  var name: String
  /// Why it is wrong, and what to think of instead.
  var explanation: String
}
