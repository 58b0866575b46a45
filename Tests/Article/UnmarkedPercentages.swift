@testable import Record

/// What is chosen, not measured: how sure intervals are, thresholds, a title.
private let constants = [
  "95 % interval", "95 % confidence", "Wilson 95 %", "90 % sure",
  "answers below 90 %", "Why a 99 % model is not a safe one",
]

/// Percentages that say neither where in the ledger they lie nor, in the same
/// paragraph, item or row, whose they are.
func unmarkedPercentages(in text: String) -> [String] {
  MarkdownParagraph.all(in: text).flatMap { paragraph -> [String] in
    if !References.citations(in: paragraph.text).isEmpty { return [] }
    let rest = constants.reduce(paragraph.joined) {
      $0.replacing($1, with: "")
    }
    let shares = rest.matches(
      of: #/[0-9][0-9.]* %(?<mark>(?: \([0-9.]+–[0-9.]+\))?<!--=)?/#)
    return shares.filter { $0.output.mark == nil }
      .map { "line \(paragraph.line): \($0.output.0)" }
  }
}
