import Shared

extension Proportion {
  /// The share and its interval, in per cent without the sign: as few letters
  /// as a table allows.
  var inShort: String { inPerCent(decimals: 0) }

  /// The same in tenths.
  var inTenths: String { inPerCent(decimals: 1) }

  private func inPerCent(decimals: Int) -> String {
    func text(_ share: Double) -> String { (share * 100).decimals(decimals) }
    return "\(text(value)) (\(text(interval95.lowerBound))–"
      + "\(text(interval95.upperBound)))"
  }
}
