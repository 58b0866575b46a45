import Foundation
import Lesson
import Shared

/// How a measured number is written: `percent 1`, `interval 1 10000`.
struct NumberFormat {
  enum Kind: String {
    /// A share, 0...1, in per cent: `84.3 %`; and without the sign: `84.3`.
    case percent, share
    /// A share with its 95 % interval (Wilson): `84.3 % (81.9–86.4)`; and
    /// without the sign: `84.3 (81.9–86.4)`.
    case interval, bounds
    /// The lowest and the highest of several shares, in per cent: `59.7–66.7`.
    case range
    /// As it is: `2.33`; in whole, with commas: `421,642`; as a word: `five`.
    case number, count, word
    /// The sum of several whole numbers.
    case sum
    /// Of the answers to the digits 0, 1, 2 and so on: how many are wrong, as a
    /// word.
    case misread
  }

  var kind: Kind
  /// How many digits follow the point.
  var decimals: Int
  /// How many images a bare share was measured on; nil where the ledger says.
  var images: Int?

  /// What such a number looks like, whatever it is, as a regular expression.
  var pattern: String {
    let number = #"[0-9]+(?:\.[0-9]+)?"#
    let signed = "[-−]?" + number
    let whole = "[0-9]+(?:,[0-9]{3})*"
    let ends = #"\s+\("# + "\(number)–\(number)" + #"\)"#
    return switch kind {
    case .percent: signed + #"\s+%"#
    case .share, .number: signed
    case .interval: number + #"\s+%"# + ends
    case .bounds: number + ends
    case .range: "\(number)–\(number)"
    case .count, .sum: whole
    case .word, .misread: "(?:[A-Za-z]+|\(whole))"
    }
  }

  /// What lies in the ledger, as it should be written.
  func text(of values: [Any]) throws -> String {
    switch kind {
    case .percent: try inPercent(number(only(values))) + " %"
    case .share: try inPercent(number(only(values)))
    case .interval: try withInterval(proportion(only(values)), unit: " %")
    case .bounds: try withInterval(proportion(only(values)), unit: "")
    case .range: try range(values.map(number))
    case .number: try signed(number(only(values)).decimals(decimals))
    case .count: try whole(only(values)).grouped
    case .word: try inWords(whole(only(values)))
    case .sum: try values.map(whole).reduce(0, +).grouped
    case .misread: try inWords(misread(only(values)))
    }
  }

  private func inPercent(_ share: Double) -> String {
    signed((share * 100).decimals(decimals))
  }

  private func signed(_ number: String) -> String {
    number.replacing("-", with: "−")
  }

  private func withInterval(_ accuracy: Proportion, unit: String) -> String {
    let ends = accuracy.interval95
    return inPercent(accuracy.value) + unit + " ("
      + inPercent(ends.lowerBound) + "–" + inPercent(ends.upperBound) + ")"
  }

  private func range(_ shares: [Double]) throws -> String {
    guard let low = shares.min(), let high = shares.max() else {
      throw TutorialError("there are no values")
    }
    return inPercent(low) + "–" + inPercent(high)
  }

  private func misread(_ value: Any) throws -> Int {
    guard let answers = value as? [Any] else {
      throw TutorialError("it is not a list")
    }
    return try answers.enumerated().reduce(0) { count, answer in
      try whole(answer.element) == answer.offset ? count : count + 1
    }
  }

  private func only(_ values: [Any]) throws -> Any {
    guard let value = values.first, values.count == 1 else {
      throw TutorialError("there are \(values.count) values, not one")
    }
    return value
  }

  private func number(_ value: Any) throws -> Double {
    guard let number = value as? NSNumber else {
      throw TutorialError("it is not a number")
    }
    return number.doubleValue
  }

  private func whole(_ value: Any) throws -> Int {
    let rounded = try number(value).rounded()
    guard let whole = Int(exactly: rounded) else {
      throw TutorialError("it is no whole number")
    }
    return whole
  }

  private func proportion(_ value: Any) throws -> Proportion {
    let object = value as? [String: Any] ?? [:]
    let share = try number(object["accuracy"] ?? value)
    let total = try images ?? object["images"].map(whole)
    guard let total, let proportion = Proportion(share, of: total) else {
      throw TutorialError("it is not a share of so many images")
    }
    return proportion
  }
}
