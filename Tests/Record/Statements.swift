import Foundation
import Shared

/// What README states.
func readmeStatements(_ ledger: Ledger) throws -> [Statement] {
  let attacks: AttackResults = try ledger.decoded("05-Attacks")
  let security: SecurityResults = try ledger.decoded("06-Security")
  let wrong = attacks.figureAnswers.enumerated().count { $0 != $1 }
  let count = ["none", "one", "two", "three", "four", "five", "six", "seven"]
  let exam = security.examHardened.map {
    $0.accuracy.inText(decimals: 1, unit: " %")
  }
  let rows: [Statement] = [0, 0.05, 0.1, 0.2, 0.3].map { epsilon in
    let pgd = attacks.pgd.cell(epsilon, decimals: 1)
    return """
      | \(literal: epsilon.shortest) | \(attacks.randomSigns.cell(epsilon)) \
      | \(attacks.fgsm.cell(epsilon)) | \(pgd.isEmpty ? "" : pgd + " ")|
      """
  }
  return try rows + [
    "of which the model misreads \(count[wrong]):",
    """
    FGSM \(exam[1]), PGD-40 \(exam[2]); clean, on all 10,000, \
    \(security.hardenedClean.inText(decimals: 2, unit: " %")).
    """,
    seedStatement(attacks, others: ledger.decoded("seeds")),
  ]
}

/// How much the numbers depend on the luck of one training.
private func seedStatement(
  _ own: AttackResults, others: [SeedResults]
) -> Statement {
  func range(
    _ points: KeyPath<SeedResults, [RobustnessPoint]>, _ epsilon: Double,
    _ decimals: Int
  ) -> String {
    let mine = SeedResults(fgsm: own.fgsm, randomSigns: own.randomSigns)
    let values = ([mine] + others).compactMap {
      $0[keyPath: points].at(epsilon)?.accuracy.value
    }.map { $0 * 100 }
    return (values.min() ?? 0).decimals(decimals) + "–"
      + (values.max() ?? 0).decimals(decimals)
  }
  return """
    clean \(range(\.fgsm, 0, 2)); FGSM at 0.1 \(range(\.fgsm, 0.1, 1)), \
    at 0.2 \(range(\.fgsm, 0.2, 1)), at 0.3 \(range(\.fgsm, 0.3, 1)); \
    random signs at 0.3 \(range(\.randomSigns, 0.3, 1)).
    """
}

/// What the Article states.
func articleStatements(_ ledger: Ledger) throws -> [Statement] {
  let architecture: ArchitectureResults = try ledger.decoded(
    "01-Architecture")
  let data: DataResults = try ledger.decoded("02-Data")
  let security: SecurityResults = try ledger.decoded("06-Security")
  let ones = Double(data.testClassCounts.max() ?? 0)
  let all = Double(data.testClassCounts.reduce(0, +))
  let price = (security.cleanPlain - security.cleanHardened) * 100
  func examRow(_ index: Int, _ name: String) -> Statement {
    let (plain, hardened) = (
      security.examPlain[index], security.examHardened[index]
    )
    return """
      | \(literal: name) | \(plain.accuracy.value.percent(1)) \
      | \(hardened.accuracy.value.percent(1)) |
      """
  }
  return [
    """
    linear layers: \(architecture.parameters.grouped) parameters, \
    \(architecture.multiplyAdds.grouped) multiply-adds
    """,
    """
    `fc1` holds \(architecture.share(of: "fc1", \.parameters)) of the \
    parameters, and the second convolution `conv2` does \
    \(architecture.share(of: "conv2", \.multiplyAdds)) of the work
    """,
    """
    \(data.exactlyBlack.percent(1)) of all training pixels are exactly \
    black, and only \(data.between.percent(1)) lie between
    """,
    "always answering \"1\" scores \((ones / all).percent()).",
    examRow(0, "random signs"), examRow(1, "FGSM"), examRow(2, "PGD-40"),
    """
    | clean, all 10,000 | \(security.cleanPlain.percent()) \
    | \(security.cleanHardened.percent()) |
    """,
    "at the price of \(price.decimals(2)) points of clean accuracy",
    """
    Even so, \(security.examHardened[2].accuracy.value.percent(1)) is an \
    upper bound
    """,
  ]
}

extension Statement.StringInterpolation {
  /// A name that belongs to the words.
  fileprivate mutating func appendInterpolation(literal: String) {
    appendLiteral(literal)
  }
}

extension [RobustnessPoint] {
  fileprivate func at(_ epsilon: Double) -> RobustnessPoint? {
    first { $0.epsilon.pixels == Float(epsilon) }
  }

  fileprivate func cell(_ epsilon: Double, decimals: Int = 2) -> String {
    at(epsilon)?.accuracy.inText(decimals: decimals) ?? ""
  }
}

extension Proportion {
  /// As the README writes it: `99.14 (98.94–99.30)`.
  fileprivate func inText(decimals: Int, unit: String = "") -> String {
    let share = (value * 100).decimals(decimals)
    let low = (interval95.lowerBound * 100).decimals(decimals)
    let high = (interval95.upperBound * 100).decimals(decimals)
    return "\(share)\(unit) (\(low)–\(high))"
  }
}
