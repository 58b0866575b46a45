import Foundation
import Lesson
import Shared

/// What README states.
func readmeStatements(_ ledger: Ledger) throws -> [Statement] {
  let attacks: AttackResults = try ledger.decoded("05-Attacks")
  let security: SecurityResults = try ledger.decoded("06-Security")
  let wrong = attacks.figureAnswers.enumerated().count { $0 != $1 }
  let count = ["none", "one", "two", "three", "four", "five", "six", "seven"]
  let clean = security.cleanOnExamImages.hardened
  let exam = ([clean] + security.examHardened).map {
    $0.accuracy.inText(decimals: 1, unit: " %")
  }
  let rows = resultRows(attacks)
  let sentences: [Statement] = try [
    "of which the model misreads \(count[wrong]):",
    """
    of the first 1,000 test images, \(exam[0]) clean, \(exam[2]) under FGSM \
    and \(exam[3]) under PGD-40 at the same ε. Of all 10,000 clean ones it \
    reads \(security.hardenedClean.inText(decimals: 2, unit: " %")).
    """,
    labStatement(security),
    seedStatement(SeedStudy(runs: ledger.decoded("seeds"))),
  ]
  return try readingStatements(ledger) + rows + sentences
}

/// How long each chapter takes to read, and all of them.
private func readingStatements(_ ledger: Ledger) throws -> [Statement] {
  let chapters = ChapterName.allCases.map(\.rawValue)
  let minutes = try chapters.map { chapter in
    let results: ReadingResults = try ledger.decoded(chapter)
    return results.minutesToRead
  }
  let rows: [Statement] = zip(chapters, minutes).map { chapter, minutes in
    "| `\(literal: chapter)` | \("\(minutes)") min |"
  }
  return rows + ["Reading takes about \("\(minutes.reduce(0, +))") minutes"]
}

/// What each attack leaves: one table on the same images, and what the worst
/// case leaves of the first of them.
private func resultRows(_ attacks: AttackResults) -> [Statement] {
  let clean = attacks.cleanOnPGDImages.accuracy.inText(decimals: 1)
  let rows: [Statement] = [0.05, 0.1, 0.2, 0.3].map { epsilon in
    """
    | \(literal: epsilon.shortest) \
    | \(attacks.fgsmOnPGDImages.cell(epsilon, decimals: 1)) \
    | \(attacks.pgd.cell(epsilon, decimals: 1)) |
    """
  }
  func left(_ curve: Int) -> String {
    attacks.curves[curve].at(0.1)?.accuracy.inText(decimals: 0, unit: " %")
      ?? ""
  }
  return rows + [
    "| 0 | \(clean) | \(clean) |",
    """
    at ε = 0.1 random signs leave \(left(0)), FGSM \(left(1)), PGD-40 \
    \(left(2)) and the worst case of the standard set \(left(3)).
    """,
  ]
}

/// What several attacks leave of the defended models, and what is proved.
private func labStatement(_ security: SecurityResults) -> Statement {
  let worst = security.truth.map {
    $0[1].accuracy.inText(decimals: 0, unit: " %")
  }
  func shares(_ share: KeyPath<SecurityResults.Break, Double>) -> String {
    let all = security.breaks.map { ($0[keyPath: share] * 100).decimals(0) }
    return all.dropLast().joined(separator: ", ") + " and " + (all.last ?? "")
  }
  func proved(_ network: String, _ epsilon: Double) -> String {
    security.proved(network, at: epsilon)?.inText(decimals: 1, unit: " %") ?? ""
  }
  return """
    Several attacks together leave \(worst[0]) of the first \
    \("\(security.truth[0][1].accuracy.total)"), and \(worst[1]) of the same \
    images for a network that was trained against four steps. Interval bounds \
    prove \(proved("interval-0.3", 0.3)) of all 10,000 at ε = 0.3 for a network \
    trained for that, and \(proved("interval-0.1", 0.1)) at ε = 0.1 for \
    another one. The four defences of exercises 10 to 13 leave \
    \(shares(\.pgd)) % of the first 100 under PGD, and \(shares(\.made)) % \
    under an attack that was made for each.
    """
}

/// How much the numbers depend on the luck of one training.
private func seedStatement(_ study: SeedStudy) -> Statement {
  func range(
    _ points: KeyPath<SeedStudy.Run, [RobustnessPoint]>, _ epsilon: Float,
    _ decimals: Int = 1
  ) -> String {
    study.range(points, at: .pixels(epsilon), decimals: decimals) ?? ""
  }
  return """
    clean \(range(\.fgsm, 0, 2)); FGSM at 0.1 \(range(\.fgsm, 0.1)), \
    at 0.2 \(range(\.fgsm, 0.2)), at 0.3 \(range(\.fgsm, 0.3)); \
    random signs at 0.3 \(range(\.randomSigns, 0.3)). PGD-40 at 0.1 leaves \
    \(range(\.pgd, 0.1)) of the first 1,000, the worst case \
    \(range(\.worstCase, 0.1, 0)) of the first 100.
    """
}

extension Statement.StringInterpolation {
  /// A name that belongs to the words.
  mutating func appendInterpolation(literal: String) {
    appendLiteral(literal)
  }
}

extension [RobustnessPoint] {
  func at(_ epsilon: Double) -> RobustnessPoint? {
    first { $0.epsilon.pixels == Float(epsilon) }
  }

  func cell(_ epsilon: Double, decimals: Int = 2) -> String {
    at(epsilon)?.accuracy.inText(decimals: decimals) ?? ""
  }
}

extension Proportion {
  /// As the README writes it: `99.14 (98.94–99.30)`.
  func inText(decimals: Int, unit: String = "") -> String {
    let share = (value * 100).decimals(decimals)
    let low = (interval95.lowerBound * 100).decimals(decimals)
    let high = (interval95.upperBound * 100).decimals(decimals)
    return "\(share)\(unit) (\(low)–\(high))"
  }
}
