import Foundation
import Shared

/// Something to guess before it is measured.
public struct Question: Sendable {
  /// What kind of answer it takes.
  public enum Kind: Sendable, Equatable {
    /// A percentage, 0 to 100.
    case percent
    /// One of some words, named by letters a, b, c, …
    case choice([String])
  }

  /// Names the question in the learner's record.
  public var name: String
  /// The question itself, in the page's Markdown.
  public var text: String
  /// What kind of answer it takes.
  public var kind: Kind

  /// A question.
  public init(_ name: String, _ text: String, _ kind: Kind) {
    self.name = name
    self.text = text
    self.kind = kind
  }

  /// The question with its choices.
  var full: String {
    guard case .choice(let words) = kind else { return text }
    let choices = zip("abcdefgh", words).map { "**\($0)** \($1)" }
    return text + " " + choices.joined(separator: ", ")
  }

  /// What to type.
  var hint: String {
    switch kind {
    case .percent: "per cent, 0 to 100"
    case .choice(let words):
      "a letter, a to \("abcdefgh".prefix(words.count).suffix(1))"
    }
  }

  /// What a learner has typed, as a value: a share 0...1, or the number of a
  /// choice; nil if it is neither.
  func value(of line: String) -> Double? {
    let text = line.trimmingCharacters(in: CharacterSet(charactersIn: " %\t"))
      .lowercased().replacingOccurrences(of: ",", with: ".")
    switch kind {
    case .percent:
      guard let number = Double(text), (0...100).contains(number) else {
        return nil
      }
      return number / 100
    case .choice(let words):
      return zip("abcdefgh", words).enumerated().first { _, choice in
        text == String(choice.0) || text == choice.1.lowercased()
      }.map { Double($0.offset) }
    }
  }

  /// A value as it is said.
  func words(for value: Double) -> String {
    switch kind {
    case .percent: value.percent(1)
    case .choice(let words):
      Int(exactly: value).flatMap {
        words.indices.contains($0) ? words[$0] : nil
      }
        ?? "nothing"
    }
  }
}

/// A question that has been asked and whose answer is still to come.
public struct PendingGuess: Sendable {
  var question: Question
  /// What the learner said; nil if nobody did.
  var value: Double?
}
