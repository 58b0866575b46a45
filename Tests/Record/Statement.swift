import Foundation
import Shared

/// A sentence of README or Article, or a line of a table, with numbers that
/// this code measures.
///
///     "at the price of \(price) points of clean accuracy"
///
/// It is found by its words, wherever the lines break; what is interpolated may
/// read otherwise there, and is what gets written.
struct Statement: ExpressibleByStringInterpolation {
  /// What is matched, and the measured numbers in it, in order.
  private var pattern = ""
  private var values: [String] = []

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var statement = Statement()

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      statement.pattern += Statement.words(literal)
    }

    /// Numbers and words, as they should read: each may read otherwise.
    mutating func appendInterpolation(_ measured: String) {
      var rest = measured[...]
      while let match = rest.firstMatch(of: #/[0-9][0-9.,]*|[a-z]+/#) {
        let isNumber = match.output.first?.isNumber == true
        statement.pattern +=
          Statement.words(String(rest[..<match.range.lowerBound]))
          + (isNumber ? "([0-9][0-9.,]*)" : "([a-z]+)")
        statement.values.append(String(match.output))
        rest = rest[match.range.upperBound...]
      }
      statement.pattern += Statement.words(String(rest))
    }
  }

  private init() {}

  init(stringLiteral value: String) { pattern = Self.words(value) }

  init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.statement
  }

  private static func words(_ text: String) -> String {
    NSRegularExpression.escapedPattern(for: text)
      .replacing(#/\s+/#, with: "\\s+")
  }

  /// The text with this sentence as it should read.
  ///
  /// - Throws: If the text does not say it exactly once.
  func written(into text: String) throws -> String {
    let matches = try NSRegularExpression(pattern: pattern).matches(
      in: text, range: NSRange(text.startIndex..., in: text))
    guard let match = matches.first, matches.count == 1 else {
      throw TutorialError(
        "it is said \(matches.count) times, not once: \(pattern)")
    }
    var result = text
    for (index, value) in values.enumerated().reversed() {
      guard let range = Range(match.range(at: index + 1), in: result) else {
        continue
      }
      result.replaceSubrange(range, with: value)
    }
    return result
  }
}
